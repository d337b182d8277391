// A long list to choose from gets a box to search in. Without scripts, and until this has come, it is a plain list.
import "./vendor/accessible-autocomplete.min.js";

// What was chosen, or typed in full, is chosen in the list that is sent; anything else chooses nothing.
function choose(select, text) {
  const found = [...select.options].find((option) => option.value && option.text.toLowerCase() === text.trim().toLowerCase());
  const value = found?.value ?? "";
  if (value === select.value) return;
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

export function searchIn(scope) {
  for (const select of scope.querySelectorAll("select[data-searched]:not([id$='-select'])")) {
    const { id } = select;
    window.accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.value ? select.selectedOptions[0].text : "",
      showAllValues: true,
      onConfirm: (text) => choose(select, text ?? document.getElementById(id).value),
      tNoResults: () => "Nothing is called that",
    });
  }
}
