// Questions and sections of a form can be dragged by their names: it presses their own button, for several places at once.
const GRIPS = ".wording__label, .card__title";
const PARTS = ".wording__item, .card:has(.wording)";
let dragged = null;

// A question passes each question and each head of a section in between; a section passes sections only.
function stepsTo(target) {
  const parts = [...document.querySelectorAll(dragged.matches(".card") ? ".card:has(.wording)" : PARTS)];
  const steps = parts.indexOf(target) - parts.indexOf(dragged);
  return steps < 0 && target.matches(".card") && !dragged.matches(".card") ? steps + 1 : steps;
}

function drop(target) {
  const steps = stepsTo(target);
  const button = document.getElementById(`${steps < 0 ? "up" : "down"}-${dragged.id}`);
  if (!steps || !button) return;
  const many = Object.assign(document.createElement("input"), { type: "hidden", name: "steps", value: Math.abs(steps) });
  button.form.append(many);
  button.click();
  many.remove();
}

export function dragIn(scope) {
  for (const grip of scope.querySelectorAll(GRIPS)) grip.draggable = Boolean(grip.closest("form"));
}

document.addEventListener("dragstart", ({ target }) => { dragged = target.matches?.(GRIPS) ? target.closest(PARTS) : null; });
document.addEventListener("dragend", () => { dragged = null; });
document.addEventListener("dragover", (event) => dragged && event.target.closest?.(PARTS) && event.preventDefault());
document.addEventListener("drop", (event) => {
  const target = dragged && event.target.closest(dragged.matches(".card") ? ".card:has(.wording)" : PARTS);
  if (!target) return;
  event.preventDefault();
  drop(target);
});
