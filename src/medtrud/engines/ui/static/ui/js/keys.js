// One registry of shortcuts. They bind to event.code: in the Russian layout the key J says «о», but stays KeyJ.
// A shortcut that is taken throws, and the browser tests fail: two meanings of one key cannot slip in.

const shortcuts = new Map();
const told = [];
const typed = "input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]";
const GO_WAITS = 1200;
let goes = 0;

/** Bind a combination ("Ctrl+K", "Alt+Shift+N", "J"); the action returns false when it does not apply.
    F1 shows its title on screens that have `where`. */
export function on(combo, title, action, where = "body") {
  if (shortcuts.has(combo)) throw new Error(`shortcut ${combo} is taken`);
  shortcuts.set(combo, { title, action, where });
}

/** Let F1 name keys that are handled elsewhere. */
export const tell = (combo, title, where) => told.push({ combo, title, where });

export const typing = (element) => Boolean(element?.matches?.(typed));

function nameOf(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey) parts.push("Shift");
  parts.push(event.code.replace(/^(Key|Digit|Numpad)/, ""));
  return parts.join("+");
}

const isBare = (event) => !(event.ctrlKey || event.altKey || event.metaKey) && !/^F\d/.test(event.code);

function press(element) {
  if (!element.checkVisibility()) return false;
  if (typing(element)) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
  return true;
}

function isOccupied(event) {
  return isBare(event) && event.code !== "Escape" && (typing(event.target) || document.querySelector("dialog[open]"));
}

function goTo(event) {
  if (!goes || Date.now() - goes > GO_WAITS || event.code === "KeyG") return false;
  goes = 0;
  const link = document.querySelector(`[data-go="${CSS.escape(event.code)}"]`);
  link?.click();
  return Boolean(link);
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !event.code || isOccupied(event)) return;
  if (goTo(event)) return event.preventDefault();
  const name = nameOf(event);
  const own = document.querySelector(`[data-key="${CSS.escape(name)}"]`);
  const taken = shortcuts.has(name) ? shortcuts.get(name).action(event) !== false : Boolean(own) && press(own);
  if (taken) event.preventDefault();
});

// What F1 shows: the registry, the keys of this screen, the sections of the menu.
const RUSSIAN = { Enter: "Enter", Escape: "Esc", Space: "Пробел", ArrowDown: "↓", ArrowUp: "↑", Slash: "/",
  BracketLeft: "[", BracketRight: "]", Home: "Home", End: "End" };
const spoken = (combo) => combo.split("+").map((part) => RUSSIAN[part] ?? part.replace(/^Key/, "")).join(" ");

function line(title, ...combos) {
  const row = document.createElement("div");
  const term = document.createElement("dt");
  const keys = document.createElement("dd");
  term.textContent = title;
  for (const combo of combos) {
    const key = document.createElement("kbd");
    key.textContent = combo;
    keys.append(key, " ");
  }
  row.append(term, keys);
  return row;
}

function help() {
  const dialog = document.getElementById("keys");
  if (dialog.open) return dialog.close();
  const titles = new Map();
  for (const [combo, { title, where }] of shortcuts) {
    if (title && document.querySelector(where)) titles.set(title, [...(titles.get(title) ?? []), spoken(combo)]);
  }
  for (const { combo, title, where } of told) {
    if (document.querySelector(where)) titles.set(title, [spoken(combo)]);
  }
  for (const element of document.querySelectorAll("[data-key]")) {
    titles.set(element.dataset.keyTitle ?? element.textContent.trim(), [spoken(element.dataset.key)]);
  }
  for (const link of document.querySelectorAll(".side [data-go]")) {
    if (link.dataset.go) titles.set(`Раздел «${link.textContent.trim()}»`, ["G", spoken(link.dataset.go)]);
  }
  dialog.querySelector(".keys").replaceChildren(...[...titles].map(([title, combos]) => line(title, ...combos)));
  dialog.showModal();
}

on("G", "", () => { goes = Date.now(); });
on("F1", "Эта подсказка", help);
document.addEventListener("click", (event) => { if (event.target.closest("[data-keys]")) help(); });
