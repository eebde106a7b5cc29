// «Подписать в браузере»: one document after another by the plug-in; what is signed stays signed, what is
// refused says why in its row, a fault of the plug-in or of the line stops the run and can be continued.
const form = document.querySelector("[data-signing]");
const part = (name) => form.querySelector(`[data-${name}]`);
const choices = () => [...form.querySelectorAll("[data-code][data-numbers]")];
let api = null;
let found = [];
let stopped = false;

class Stop extends Error {}

const word = (number, one, few, many) => {
  const tail = number % 100;
  if (tail > 10 && tail < 20) return many;
  return { 1: one, 2: few, 3: few, 4: few }[tail % 10] || many;
};
const documents = (number) => `${number} ${word(number, "документ", "документа", "документов")}`;

function said(text, bad = false) {
  part("said").textContent = text;
  part("said").dataset.bad = bad ? "yes" : "no";
}

function shown(row, tone, title, note = "") {
  const tag = document.createElement("span");
  tag.className = `tag ${tone}`;
  tag.textContent = title;
  const place = row.querySelector("[data-state]");
  place.replaceChildren(tag);
  if (note) place.append(Object.assign(document.createElement("small"), { className: "why", textContent: note }));
}

function titled(certificate) {
  const owner = certificate.subject.match(/(?:^|, )CN=("?)(.+?)\1(?:, [A-Z0-9.]+=|$)/);
  return `${owner ? owner[2] : certificate.subject}, до ${certificate.until.toLocaleDateString("ru-RU")}`;
}

// Certificates of the plug-in are offered; the one that the register knows as fitting comes first.
function offered(choice) {
  const known = choice.dataset.numbers.split(" ");
  const order = [...found.keys()].sort((a, b) => known.includes(found[b].serial) - known.includes(found[a].serial));
  choice.replaceChildren(...order.map((number) => new Option(titled(found[number]), String(number))));
  choice.closest("[data-choice]").hidden = false;
}

async function look() {
  said("Ищу расширение…");
  part("again").hidden = true;
  try {
    api = api || (await import(form.dataset.plugin));
    found = await api.certificates();
    if (!found.length) throw new Error("Сертификатов в этом браузере нет. Вставьте носитель и найдите расширение снова.");
  } catch (error) {
    part("again").hidden = false;
    return said(`${error.message} Без расширения подпишите в очереди ключом на сервере или приложите файл подписи.`, true);
  }
  choices().forEach(offered);
  part("start").disabled = false;
  return said("Проверьте сертификат и подпишите. Программа носителя может спросить ПИН-код.");
}

async function answered(request) {
  let answer;
  try {
    answer = await request;
  } catch {
    throw new Stop("Связь прервалась.");
  }
  const json = (answer.headers.get("content-type") || "").startsWith("application/json");
  if (json) return answer.json();
  if (answer.redirected) throw new Stop("Сеанс закончился: войдите снова и вернитесь в очередь.");
  return { signed: false, text: "Документа больше нет в вашей очереди. Обновите страницу." };
}

async function described(row, certificate) {
  const { size, content, hash } = row.dataset;
  if (Number(size) <= api.SHORT) return { size: Number(size), url: content };
  const name = api.hashOf(certificate);
  const told = await answered(fetch(hash.replace(/name\/$/, `${name}/`)));
  return { size: Number(size), url: content, hashes: { [name]: told.hash } };
}

async function signed(row) {
  const certificate = found[Number(form.querySelector(`select[data-code="${row.dataset.code}"]`).value)];
  shown(row, "info", "подписываю…");
  const body = new FormData(form);
  try {
    body.set("signature", await api.sign(certificate, await described(row, certificate)));
  } catch (error) {
    throw new Stop(error.message);
  }
  return answered(fetch(row.dataset.put, { method: "POST", body }));
}

function ended(rows, good, bad) {
  const left = rows.length - good - bad;
  const parts = [`Подписано: ${documents(good)}.`];
  if (bad) parts.push(`Не подписано: ${bad}, причина — в строке.`);
  if (left) parts.push(`Осталось: ${left}. Продолжите, когда будете готовы.`);
  return parts.join(" ");
}

async function run() {
  const rows = [...form.querySelectorAll("[data-row]")];
  let good = 0;
  let bad = 0;
  let why = "";
  stopped = false;
  part("start").disabled = true;
  part("stop").hidden = part("bar").hidden = false;
  part("bar").max = rows.length;
  for (const row of rows) {
    if (stopped) break;
    said(`Подписываю ${good + bad + 1} из ${rows.length}. Не закрывайте страницу.`);
    try {
      const answer = await signed(row);
      shown(row, answer.signed ? "ok" : "bad", answer.signed ? answer.text : "не подписан", answer.signed ? "" : answer.text);
      if (answer.signed) good += 1;
      else bad += 1;
      delete row.dataset.row;
    } catch (error) {
      shown(row, "warn", "на подписи", error.message);
      why = `${error.message} `;
      break;
    }
    part("bar").value = good + bad;
  }
  finish(rows, good, bad, why);
}

function finish(rows, good, bad, why) {
  const left = rows.length - good - bad;
  said(why + ended(rows, good, bad), Boolean(why || bad));
  part("stop").hidden = true;
  part("start").disabled = !left;
  part("start").hidden = !left;
  if (part("next")) part("next").hidden = Boolean(left);
  part("start").querySelector("span").textContent = `Продолжить: ${documents(left)}`;
}

if (form && part("start")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  part("stop").addEventListener("click", () => {
    stopped = true;
    said("Останавливаю после этого документа…");
  });
  part("again").addEventListener("click", look);
  look();
}
