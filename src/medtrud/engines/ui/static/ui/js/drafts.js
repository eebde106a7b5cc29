// Drafts kept in the browser (IndexedDB) until the server has them.

const STORE = "drafts";

const opened = () => new Promise((resolve, reject) => {
  const request = indexedDB.open("medtrud", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function within(mode, work) {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
  }).finally(() => database.close());
}

export const keep = (key, values) => within("readwrite", (store) => store.put(values, key));
export const kept = (key) => within("readonly", (store) => store.get(key)).catch(() => null);
export const drop = (key) => within("readwrite", (store) => store.delete(key)).catch(() => null);
