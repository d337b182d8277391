// A file that is too large is told of as soon as it is chosen: sent, it could take everything else on the page with it.
const MB = 1024 * 1024;

function tell(input, text) {
  const group = input.closest(".govuk-form-group");
  const id = `${input.id}-error`;
  document.getElementById(id)?.remove();
  group.classList.toggle("govuk-form-group--error", Boolean(text));
  input.classList.toggle("govuk-file-upload--error", Boolean(text));
  const others = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((name) => name && name !== id);
  input.setAttribute("aria-describedby", (text ? [...others, id] : others).join(" "));
  if (!text) return;
  const line = Object.assign(document.createElement("p"), { id, className: "govuk-error-message" });
  line.setAttribute("role", "alert");
  line.textContent = text;
  input.before(line);
}

document.addEventListener("change", ({ target }) => {
  const most = Number(target.dataset?.maxMb);
  if (target.type !== "file" || !most) return;
  const large = [...target.files].find((file) => file.size > most * MB);
  tell(target, large && `${large.name} is ${Math.ceil(large.size / MB)} MB and was not added. Choose a file smaller than ${most} MB.`);
  if (large) target.value = "";
});
