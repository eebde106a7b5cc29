// Toasts, confirmation, hints of chips, windows, the state of the connection.

const STAYS = { bad: 8000 };
const confirmation = document.getElementById("confirm");
const hint = document.getElementById("hint");

export function toast(text, tone = "") {
  if (!text) return;
  const box = document.createElement("div");
  box.className = `toast ${tone}`;
  box.textContent = text;
  document.querySelector(".toasts").append(box);
  setTimeout(() => box.remove(), STAYS[tone] ?? 4500);
}

document.addEventListener("toast", (event) => toast(event.detail.text ?? event.detail.value?.text, event.detail.tone));
document.addEventListener("htmx:error", () => toast(
  navigator.onLine ? "Сервер не ответил. Введённое не потеряно — повторите действие." : "Нет связи. Введённое хранится на этом устройстве.",
  "bad",
));
toast(document.body.dataset.toast, document.body.dataset.tone);

// Sending waits for a yes when the button says data-confirm.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-confirm]");
  if (!button || button.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  confirmation.querySelector("p").textContent = button.dataset.confirm;
  const yes = confirmation.querySelector("[data-yes]");
  yes.textContent = button.dataset.confirmAct ?? button.textContent.trim();
  yes.onclick = () => {
    confirmation.close();
    button.dataset.confirmed = "yes";
    button.click();
    delete button.dataset.confirmed;
  };
  confirmation.showModal();
}, true);

document.addEventListener("click", (event) => {
  const opens = event.target.closest("[data-open]");
  if (opens) document.getElementById(opens.dataset.open)?.showModal();
  event.target.closest("[data-close]")?.closest("dialog").close();
  if (event.target.matches("dialog")) event.target.close();
  if (event.target.closest("[data-print]")) print();
});
document.addEventListener("change", (event) => event.target.closest("form[data-look]")?.requestSubmit());

// The words behind a code: on hover, focus and touch.
function showHint(event) {
  const source = event.target.closest?.("[data-hint]");
  if (!source) return hint.hidePopover();
  hint.textContent = source.dataset.hint;
  hint.showPopover();
  const at = source.getBoundingClientRect();
  const below = at.bottom + hint.offsetHeight + 8 < innerHeight;
  hint.style.left = `${Math.max(8, Math.min(at.left, innerWidth - hint.offsetWidth - 8))}px`;
  hint.style.top = `${below ? at.bottom + 6 : at.top - hint.offsetHeight - 6}px`;
}
for (const name of ["mouseover", "focusin", "click"]) document.addEventListener(name, showHint);
document.addEventListener("scroll", () => hint.hidePopover(), true);

const connection = () => document.documentElement.classList.toggle("offline", !navigator.onLine);
addEventListener("online", connection);
addEventListener("offline", connection);
connection();
