// One search for sections, people, documents: Ctrl+K.
import { on } from "./keys.js";

const dialog = document.getElementById("palette");
const input = dialog.querySelector("input");
const list = dialog.querySelector("ul");
const nothing = dialog.querySelector(".nothing");
const WAITS = 90;
let number = 0;
let timer;
let request;

function open() {
  if (dialog.open) return dialog.close();
  dialog.showModal();
  input.value = "";
  load();
}

async function load() {
  request?.abort();
  request = new AbortController();
  try {
    const answer = await fetch(`${dialog.dataset.src}?q=${encodeURIComponent(input.value)}`, { signal: request.signal });
    if (answer.ok) show(await answer.json());
  } catch {
    // the next letter asks again
  }
}

function show(rows) {
  list.replaceChildren(...rows.map(option));
  nothing.hidden = rows.length > 0;
  if (rows.length) at(0);
  else input.removeAttribute("aria-activedescendant");
}

function option(row, n) {
  const line = document.createElement("li");
  const [title, hint, kind] = ["span", "small", "small"].map((name) => document.createElement(name));
  line.role = "option";
  line.id = `palette-${n}`;
  line.dataset.url = row.url;
  title.textContent = row.title;
  hint.textContent = row.hint;
  kind.textContent = row.kind;
  kind.className = "kind";
  line.append(title, hint, kind);
  return line;
}

function at(wanted) {
  const lines = [...list.children];
  if (!lines.length) return;
  number = (wanted + lines.length) % lines.length;
  lines.forEach((line, n) => line.setAttribute("aria-selected", n === number));
  input.setAttribute("aria-activedescendant", lines[number].id);
  lines[number].scrollIntoView({ block: "nearest" });
}

const follow = (line) => { if (line) location.href = line.dataset.url; };

on("Ctrl+K", "Поиск и команды", open);
document.addEventListener("click", (event) => { if (event.target.closest("[data-palette]")) open(); });
list.addEventListener("click", (event) => follow(event.target.closest("li")));
input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(load, WAITS); });
input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") at(number + 1);
  else if (event.key === "ArrowUp") at(number - 1);
  else if (event.key === "Enter") follow(list.children[number]);
  else return;
  event.preventDefault();
});
