// Mass entry: Enter goes on, digits choose, Alt+N fills the norms of a section, a draft survives a lost connection.
import { on, tell } from "./keys.js";
import { drop, keep, kept } from "./drafts.js";

const formOf = (element) => element?.closest?.("form[data-form]");
const current = () => formOf(document.activeElement) ?? document.querySelector("form[data-form]");
const stopsAt = "input:not([type=hidden], [disabled], [type=file]), textarea, select, button[data-done]";
const radioOf = (form, name) => {
  const all = `input[name="${CSS.escape(name)}"]`;
  return form.querySelector(`${all}:checked`) ?? form.querySelector(all);
};

function stopsOf(root) {
  const form = formOf(root) ?? root;
  return [...root.querySelectorAll(stopsAt)].filter(
    (stop) => stop.checkVisibility() && (stop.type !== "radio" || stop === radioOf(form, stop.name)),
  );
}

function move(element, distance) {
  const form = formOf(element);
  const stops = stopsOf(form);
  const here = element.type === "radio" ? radioOf(form, element.name) : element;
  settle(stops[stops.indexOf(here) + distance]);
}

function settle(stop) {
  if (!stop) return;
  stop.focus();
  stop.select?.();
  stop.closest(".field")?.scrollIntoView({ block: "nearest" });
}

function choose(radio, number) {
  const wanted = formOf(radio).querySelectorAll(`input[name="${CSS.escape(radio.name)}"]`)[number - 1];
  if (!wanted) return false;
  wanted.checked = true;
  changed(wanted);
  wanted.focus();
  move(wanted, 1);
  return true;
}

const changed = (element) => element.dispatchEvent(new Event("change", { bubbles: true }));

function section(element, distance) {
  const parts = [...formOf(element).querySelectorAll(".part")];
  const wanted = parts[parts.indexOf(element.closest(".part")) + distance];
  if (!wanted) return;
  settle(stopsOf(wanted)[0]);
  wanted.scrollIntoView({ block: "start" });
}

// These live in the fields, not in the registry: F1 names them too.
for (const [combo, title, where] of [
  ["Enter", "Следующее поле", "form[data-form]"],
  ["Shift+Enter", "Предыдущее поле", "form[data-form]"],
  ["1…5", "Выбрать вариант", "form[data-form] .segments"],
  ["Alt+ArrowDown", "Раздел ниже", "form[data-form] .part + .part"],
  ["Alt+ArrowUp", "Раздел выше", "form[data-form] .part + .part"],
]) tell(combo, title, where);

addEventListener("keydown", (event) => {
  const element = event.target;
  if (!formOf(element) || event.defaultPrevented) return;
  const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  const digit = element.type === "radio" && !event.ctrlKey && !event.altKey && /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.altKey && entersOn(element)) {
    event.preventDefault();
    move(element, event.shiftKey ? -1 : 1);
  } else if (digit) {
    if (choose(element, Number(digit[1]))) event.preventDefault();
  } else if (event.altKey && arrow) {
    event.preventDefault();
    section(element, arrow);
  }
}, true);

function entersOn(element) {
  if (element.tagName === "BUTTON" || element.getAttribute("aria-expanded") === "true") return false;
  return element.tagName !== "TEXTAREA" || element.hasAttribute("data-norm");
}

/** Fill what is empty with its norm; what was typed stays. */
function fillNorms(root) {
  for (const element of root.querySelectorAll("[data-norm]")) {
    const norm = element.dataset.norm;
    if (element.matches(".segments")) {
      const radio = [...element.querySelectorAll("input")].find((one) => one.value === norm);
      if (radio && !element.querySelector(":checked")) radio.checked = true;
    } else if (!element.value) {
      element.value = norm;
    }
  }
  changed(formOf(root) ?? root);
}

on("Alt+N", "Норма раздела", () => {
  const part = document.activeElement.closest?.(".part");
  if (!part) return false;
  fillNorms(part);
}, "[data-norms]");
on("Alt+Shift+N", "Норма всех разделов", () => {
  const form = current();
  if (!form) return false;
  fillNorms(form);
}, "[data-norms]");
on("Ctrl+Enter", "Завершить", () => {
  const button = current()?.querySelector("[data-done]");
  if (!button) return false;
  button.click();
}, "[data-done]");
on("Ctrl+S", "Сохранить черновик", () => {
  const form = current();
  if (!form) return false;
  changed(form);
}, "[data-draft]");

document.addEventListener("click", (event) => {
  const norms = event.target.closest("[data-norms]");
  if (norms) fillNorms(norms.closest(".part") ?? norms.closest("form"));
  const mine = event.target.closest("[data-keep-mine]");
  if (mine) {
    formOf(mine).elements.revision.value = mine.dataset.keepMine;
    changed(formOf(mine));
  }
  const link = event.target.closest("[data-goto]");
  if (link) {
    event.preventDefault();
    const field = document.getElementById(`f-${link.dataset.goto}`);
    field.scrollIntoView({ block: "center" });
    field.querySelector("input, textarea, select")?.focus();
  }
});

// A value outside its reference range is marked at once, in words beside the range.
const toNumber = (text) => Number.parseFloat(text.replace(",", ".").replace("−", "-"));

function isBeyond(value, range) {
  const match = /([<>≤≥])?\s*(-?[\d.]+)(?:\s*[–-]\s*(-?[\d.]+))?/.exec(range.replaceAll(",", "."));
  if (!match || Number.isNaN(value)) return false;
  const low = Number(match[2]);
  if (match[3]) return value < low || value > Number(match[3]);
  return { "<": value >= low, ">": value <= low, "≤": value > low, "≥": value < low }[match[1]] ?? false;
}

function weigh(input) {
  const field = input.closest?.(".field[data-ref]");
  if (!field) return;
  const values = input.value.split("/");
  const ranges = field.dataset.ref.split("/");
  field.classList.toggle("beyond", values.some((value, n) => isBeyond(toNumber(value), values.length === ranges.length ? ranges[n] : ranges[0])));
}

document.addEventListener("input", (event) => weigh(event.target));
const weighAll = () => document.querySelectorAll(".field[data-ref] input").forEach(weigh);
document.addEventListener("htmx:after:swap", weighAll);

// A draft without a connection. Not navigator.onLine decides but a request that failed.
const mark = (text) => {
  const saved = document.getElementById("saved");
  if (saved) saved.textContent = text;
};

async function stash(form) {
  await keep(form.dataset.draft, Object.fromEntries(new FormData(form)));
  mark("Сохранено на этом устройстве — отправим, когда появится связь");
}

const drafted = (element) => {
  const form = formOf(element);
  return form?.dataset.draft ? form : null;
};

document.addEventListener("htmx:error", (event) => {
  const form = drafted(event.target);
  if (form) stash(form);
});
document.addEventListener("change", (event) => {
  const form = drafted(event.target);
  if (form && !navigator.onLine) stash(form);
});
addEventListener("online", resend);

async function resend() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (!(await kept(form.dataset.draft))) continue;
    await drop(form.dataset.draft);
    changed(form);
  }
}

function put(form, name, value) {
  for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (input.type === "radio") input.checked = input.value === value;
    else if (input.type === "checkbox") input.checked = true;
    else if (input.type !== "hidden" && input.type !== "file") input.value = value;
  }
}

async function restore() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const draft = await kept(form.dataset.draft);
    for (const [name, value] of Object.entries(draft ?? {})) put(form, name, value);
    if (draft && navigator.onLine) {
      await drop(form.dataset.draft);
      changed(form);
    }
  }
  weighAll();
}
restore();
