// The way in by a certificate: choose, sign the word of the server, send.
import { certificates, signContent } from "./plugin.js";

const form = document.querySelector("[data-enter]");
const button = form.querySelector("button");
const choice = form.querySelector("select");
let found = [];

function told(text) {
  form.querySelector("[data-enter-answer]").textContent = text;
}

async function look() {
  told("Ищу расширение…");
  try {
    found = await certificates();
  } catch (error) {
    return told(error.message);
  }
  choice.replaceChildren(...found.map((each, number) => {
    const option = document.createElement("option");
    option.value = String(number);
    option.textContent = each.subject.replace(/^.*CN=([^,]+).*$/, "$1");
    return option;
  }));
  form.querySelector("[data-enter-choice]").hidden = !found.length;
  button.disabled = !found.length;
  return told(found.length ? "" : "Сертификатов не найдено. Вставьте носитель и обновите страницу.");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  told("Подписываю…");
  try {
    form.elements.signature.value = await signContent(found[Number(choice.value)], form.dataset.content);
    form.submit();
  } catch (error) {
    told(error.message);
  }
});

look();
