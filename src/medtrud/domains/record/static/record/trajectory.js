// The trajectory by keys and pointer: + and - zoom, arrows shift the years, 0 shows the whole life;
// a stretch drawn over the sheet with the pointer becomes the sheet. The server draws, always.
import { tell } from "../ui/js/keys.js";

const LEAST = 14; // pixels: less is a click

const sheetOf = (region) =>
  [...region.querySelectorAll("svg.sheet")].find((svg) => svg.getBoundingClientRect().width > 0);
const press = (region, code) => region.closest(".trajectory").querySelector(`a[data-zoom="${code}"]`)?.click();
const KEYS = { "+": "in", "=": "in", "-": "out", ArrowLeft: "earlier", ArrowRight: "later", 0: "all", Home: "all" };
let drawn = null;

// The keys live on the sheet, not in the registry: F1 names them too.
for (const [combo, title] of [
  ["+", "Траектория крупнее"],
  ["-", "Траектория мельче"],
  ["ArrowLeft", "Годы раньше"],
  ["ArrowRight", "Годы позже"],
  ["0", "Вся жизнь"],
]) tell(combo, title, "[data-trajectory]");

// On a page with a trajectory the keys work without a click on it first.
const freeKey = (event) => event.target === document.body && !event.shiftKey;

document.addEventListener("keydown", (event) => {
  const region = event.target.closest?.("[data-trajectory]") ?? (freeKey(event) ? document.querySelector("[data-trajectory]") : null);
  if (!region || event.ctrlKey || event.metaKey || event.altKey) return;
  const code = KEYS[event.key];
  if (!code) return;
  event.preventDefault();
  sessionStorage.setItem("trajectory", "region");
  press(region, code);
});

document.addEventListener(
  "wheel",
  (event) => {
    const region = event.target.closest?.("[data-trajectory]");
    if (!region || !event.ctrlKey) return;
    event.preventDefault();
    press(region, event.deltaY < 0 ? "in" : "out");
  },
  { passive: false },
);

function yearAt(svg, clientX) {
  const box = svg.getBoundingClientRect();
  const { first, last, left, right, width } = Object.fromEntries(
    Object.entries(svg.dataset).map(([name, value]) => [name, Number(value)]),
  );
  const x = ((clientX - box.left) / box.width) * width;
  const part = Math.min(Math.max((x - left) / (right - left), 0), 1);
  return first + part * (last - first);
}

document.addEventListener("pointerdown", (event) => {
  const region = event.target.closest?.("[data-trajectory]");
  if (!region || event.button || event.pointerType === "touch" || event.target.closest("a")) return;
  const svg = sheetOf(region);
  if (svg) drawn = { svg, region, from: event.clientX };
});

document.addEventListener("pointerup", (event) => {
  if (!drawn) return;
  const { svg, region, from } = drawn;
  drawn = null;
  if (Math.abs(event.clientX - from) < LEAST) return;
  const years = [yearAt(svg, from), yearAt(svg, event.clientX)].sort((a, b) => a - b);
  const url = `?from=${Math.floor(years[0])}&to=${Math.max(Math.ceil(years[1]), Math.floor(years[0]) + 1)}`;
  window.htmx.ajax("GET", url, { target: "#trajectory", swap: "outerHTML", source: region });
});

// After the sheet was replaced the keyboard stays where it was.
new MutationObserver(() => {
  if (sessionStorage.getItem("trajectory") !== "region") return;
  const region = document.querySelector("[data-trajectory]");
  if (region && document.activeElement === document.body) {
    sessionStorage.removeItem("trajectory");
    region.focus({ preventScroll: true });
  }
}).observe(document.body, { childList: true, subtree: true });
