// The convention of the CAdES plug-in of the browser, as small as we need it: certificates of the user and
// detached CAdES-BES over a short document (its content) or a long one (its hash, computed by the server).
// The plug-in puts `cadesplugin` into the window: a promise with CreateObjectAsync. Nothing here uses eval.

const CADES_BES = 1;
const BASE64_TO_BINARY = 1;
const CURRENT_USER_STORE = 2;
const MAXIMUM_ALLOWED = 2;
const CHAIN_EXCEPT_ROOT = 0;
const HASHES = { "1.2.643.7.1.1.1.1": [101, "streebog256"], "1.2.643.7.1.1.1.2": [102, "streebog512"] };
const SHA256 = [4, "sha256"];
const WAIT = 5000;
export const SHORT = 1 << 20; // bytes; a longer document is signed by its hash

export class PluginError extends Error {}

function explained(error) {
  const text = String((error && error.message) || error);
  if (/0x000004C7|cancel/i.test(text)) return "Подписание отменено.";
  if (/0x8010006E/i.test(text)) return "ПИН-код не введён.";
  if (/0x80090016|0x8009001D/i.test(text)) return "Закрытый ключ не найден. Вставьте носитель и повторите.";
  if (/0x800B010A|0x800B0109/i.test(text)) return "Цепочка сертификата не строится. Установите сертификаты центра.";
  return `Расширение не подписало: ${text}`;
}

async function guarded(work) {
  try {
    return await work();
  } catch (error) {
    throw error instanceof PluginError ? error : new PluginError(explained(error));
  }
}

// The plug-in when it is there and answers; otherwise an error with the next step.
export async function plugin() {
  const missing = "Расширение КриптоПро ЭЦП не отвечает. Установите его, разрешите работу на этом сайте и обновите страницу.";
  const found = window.cadesplugin;
  if (!found) throw new PluginError(missing);
  const late = new Promise((_, fail) => setTimeout(() => fail(new PluginError(missing)), WAIT));
  await Promise.race([Promise.resolve(found).catch(() => { throw new PluginError(missing); }), late]);
  // The plug-in is a promise itself and would be unwrapped to nothing: hand its one function over instead.
  return { CreateObjectAsync: (name) => window.cadesplugin.CreateObjectAsync(name) };
}

async function opened(api, use) {
  const store = await api.CreateObjectAsync("CAdESCOM.Store");
  await store.Open(CURRENT_USER_STORE, "My", MAXIMUM_ALLOWED);
  try {
    return await use(await store.Certificates);
  } finally {
    await store.Close();
  }
}

async function described(certificate) {
  const key = await certificate.PublicKey();
  const algorithm = await key.Algorithm;
  return {
    thumbprint: await certificate.Thumbprint,
    subject: await certificate.SubjectName,
    serial: await certificate.SerialNumber,
    until: new Date(await certificate.ValidToDate),
    algorithm: await algorithm.Value,
  };
}

// Certificates of the user that have not ended.
export function certificates() {
  return guarded(async () => opened(await plugin(), async (all) => {
    const found = [];
    for (let number = 1; number <= (await all.Count); number += 1) found.push(await described(await all.Item(number)));
    return found.filter((each) => each.until > new Date());
  }));
}

async function chosen(all, thumbprint) {
  for (let number = 1; number <= (await all.Count); number += 1) {
    const certificate = await all.Item(number);
    if ((await certificate.Thumbprint) === thumbprint) return certificate;
  }
  throw new PluginError("Выбранного сертификата больше нет. Вставьте носитель и выберите снова.");
}

async function signer(api, certificate) {
  const made = await api.CreateObjectAsync("CAdESCOM.CPSigner");
  await made.propset_Certificate(certificate);
  await made.propset_Options(CHAIN_EXCEPT_ROOT);
  return made;
}

// The name of the hash a certificate signs with: the server is asked for this one.
export function hashOf(certificate) {
  return (HASHES[certificate.algorithm] || SHA256)[1];
}

// Sign the content (base64): for short documents. Returns the detached signature in base64.
export function signContent(certificate, content) {
  return guarded(async () => {
    const api = await plugin();
    return opened(api, async (all) => {
      const data = await api.CreateObjectAsync("CAdESCOM.CadesSignedData");
      await data.propset_ContentEncoding(BASE64_TO_BINARY);
      await data.propset_Content(content);
      return data.SignCades(await signer(api, await chosen(all, certificate.thumbprint)), CADES_BES, true);
    });
  });
}

// Sign a hash (hex) that the server has computed: for long documents.
export function signHash(certificate, hash) {
  return guarded(async () => {
    const api = await plugin();
    return opened(api, async (all) => {
      const hashed = await api.CreateObjectAsync("CAdESCOM.HashedData");
      await hashed.propset_Algorithm((HASHES[certificate.algorithm] || SHA256)[0]);
      await hashed.SetHashValue(hash);
      const data = await api.CreateObjectAsync("CAdESCOM.CadesSignedData");
      return data.SignHash(hashed, await signer(api, await chosen(all, certificate.thumbprint)), CADES_BES);
    });
  });
}

async function base64Of(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new PluginError("Документ не получен. Проверьте связь и повторите.");
  const bytes = new Uint8Array(await answer.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

// Sign a document by the flow that fits it: {size, url, hashes: {streebog256: hex, …}}.
export async function sign(certificate, document) {
  const hash = document.hashes && document.hashes[hashOf(certificate)];
  if (document.size <= SHORT || !hash) return signContent(certificate, await base64Of(document.url));
  return signHash(certificate, hash);
}
