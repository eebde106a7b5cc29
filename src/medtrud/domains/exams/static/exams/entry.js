// A choice other than the normal one is marked at once; after «Норма» the cursor goes to what must be measured.

const formOf = (element) => element?.closest?.("form[data-form]");

function weigh(group) {
  const inputs = [...group.querySelectorAll("input")];
  const chosen = inputs.find((input) => input.checked);
  const norm = group.dataset.norm;
  const deviates = Boolean(chosen) && inputs[0]?.value === norm && chosen.value !== norm;
  group.closest(".field").classList.toggle("beyond", deviates);
}

const weighAll = () => document.querySelectorAll(".segments[data-norm]").forEach(weigh);

function toMeasure(root) {
  const wanted = [...root.querySelectorAll("input[aria-required], textarea[aria-required]")];
  const empty = wanted.find((input) => !input.value && input.checkVisibility());
  empty?.focus();
}

document.addEventListener("change", weighAll);
document.addEventListener("htmx:after:swap", weighAll);
addEventListener("keydown", (event) => {
  if (event.code !== "KeyN" || !event.altKey || event.ctrlKey) return;
  const form = formOf(document.activeElement) ?? document.querySelector("form[data-form]");
  const root = event.shiftKey ? form : document.activeElement.closest?.(".part");
  if (root) setTimeout(() => toMeasure(root));
});
weighAll();
