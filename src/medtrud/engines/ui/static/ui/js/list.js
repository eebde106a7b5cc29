// The worklist by keys: J and K move, X marks, Enter opens, Shift with a click marks a range.
import { on, typing } from "./keys.js";

const LIST = "table[data-list]";
const rowsOf = () => [...document.querySelectorAll("table[data-list] tbody tr")];
const boxOf = (row) => row?.querySelector(".box input");
const rowAt = (element) => element?.closest?.("table[data-list] tbody tr");
let last = null;

function focus(row) {
  if (!row) return;
  for (const other of rowsOf()) other.tabIndex = other === row ? 0 : -1;
  row.focus();
}

const step = (distance) => () => {
  const rows = rowsOf();
  if (!rows.length) return false;
  const now = rows.indexOf(rowAt(document.activeElement));
  focus(rows[Math.max(0, Math.min(rows.length - 1, now + (now < 0 ? Math.max(distance, 1) : distance)))]);
};

const edge = (index) => () => {
  if (!rowAt(document.activeElement)) return false;
  focus(rowsOf().at(index));
};

function mark() {
  const box = boxOf(rowAt(document.activeElement));
  if (!box || document.activeElement === box) return false;
  box.checked = !box.checked;
  count();
}

function open() {
  const row = rowAt(document.activeElement);
  if (!row || document.activeElement !== row) return false;
  row.querySelector("a[href]")?.click();
}

function unmark() {
  const marked = document.querySelectorAll("table[data-list] .box :checked");
  if (!marked.length || document.querySelector("dialog[open]") || typing(document.activeElement)) return false;
  for (const box of marked) box.checked = false;
  count();
}

function count() {
  const marked = document.querySelectorAll("table[data-list] tbody .box :checked").length;
  const bar = document.querySelector(".bulk");
  const all = document.querySelector("table[data-list] [data-all]");
  if (!bar) return;
  bar.hidden = !marked;
  bar.querySelector("[data-count]").textContent = marked;
  all.indeterminate = marked > 0 && marked < rowsOf().length;
  all.checked = marked > 0 && marked === rowsOf().length;
}

function markRange(box, event) {
  const rows = rowsOf();
  const now = rows.indexOf(rowAt(box));
  if (event.shiftKey && last !== null) {
    for (const row of rows.slice(Math.min(now, last), Math.max(now, last) + 1)) boxOf(row).checked = box.checked;
  }
  last = now;
}

on("J", "Строка вниз", step(1), LIST);
on("ArrowDown", "Строка вниз", step(1), LIST);
on("K", "Строка вверх", step(-1), LIST);
on("ArrowUp", "Строка вверх", step(-1), LIST);
on("Home", "", edge(0));
on("End", "", edge(-1));
on("X", "Отметить строку", mark, LIST);
on("Space", "Отметить строку", mark, LIST);
on("Enter", "Открыть строку", open, LIST);
on("Escape", "Снять отметки", unmark, LIST);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-unmark]")) return unmark();
  const box = event.target.closest("table[data-list] .box input");
  if (box?.matches("[data-all]")) for (const row of rowsOf()) boxOf(row).checked = box.checked;
  else if (box) markRange(box, event);
  if (box) return count();
  const row = rowAt(event.target);
  if (row && !event.target.closest("a, button, input, label") && !String(getSelection())) row.querySelector("a[href]")?.click();
});
document.addEventListener("htmx:after:swap", () => { last = null; count(); });
addEventListener("pageshow", count);

// What is printed is what is shown: the filters may have changed since the page was drawn.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-carry]");
  if (link) link.search = location.search;
}, true);
