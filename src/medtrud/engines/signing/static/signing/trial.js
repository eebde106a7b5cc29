// «Мои сертификаты»: a trial signature by the plug-in of the browser, checked by the server at once.
import { certificates, hashOf, signContent, signHash } from "./plugin.js";

const form = document.querySelector("[data-trial]");

function told(text, bad) {
  const place = form.querySelector("[data-trial-answer]");
  place.textContent = text;
  place.dataset.bad = bad ? "yes" : "no";
}

function offered(found) {
  const choice = form.querySelector("select");
  choice.replaceChildren(...found.map((each, number) => {
    const option = document.createElement("option");
    option.value = String(number);
    option.textContent = `${each.subject.replace(/^.*CN=([^,]+).*$/, "$1")}, до ${each.until.toLocaleDateString("ru-RU")}`;
    return option;
  }));
  form.querySelector("[data-trial-choice]").hidden = !found.length;
  if (!found.length) told("Сертификатов в этом браузере нет. Вставьте носитель и обновите страницу.", true);
}

async function checked(signature) {
  const body = new FormData(form);
  body.set("signature", signature);
  const answer = await fetch(form.action, { method: "POST", body });
  return answer.json();
}

async function tried(certificate) {
  for (const signature of [
    await signContent(certificate, form.dataset.content),
    await signHash(certificate, form.dataset[hashOf(certificate)]),
  ]) {
    const answer = await checked(signature);
    if (!answer.valid) return told(answer.text, true);
  }
  return told("Расширение работает: пробная подпись верна.", false);
}

if (form) {
  let found = [];
  form.querySelector("[data-trial-look]").addEventListener("click", async () => {
    told("Ищу расширение…", false);
    try {
      found = await certificates();
      told("", false);
      offered(found);
    } catch (error) {
      told(error.message, true);
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    told("Подписываю…", false);
    try {
      await tried(found[Number(form.querySelector("select").value)]);
    } catch (error) {
      told(error.message, true);
    }
  });
}
