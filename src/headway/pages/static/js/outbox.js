// @ts-check
/** Answers wait here (IndexedDB) until the server has confirmed them. Each has an id, so sending twice is harmless, and
    names its person, so that on a shared device nobody sends somebody else's. */
const NAME = "headway", STORE = "outbox", API = "/api/responses";
/** @typedef {{id: string, who: string, at: number, body: Record<string, unknown>, api?: string}} Entry */
/** @typedef {{state: "done"|"kept"|"refused", why?: string, body?: any}} Sent */

const who = () => document.body.dataset.person ?? "";
const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";

/** @returns {Promise<IDBDatabase>} */
const open = () => new Promise((done, failed) => {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} act @returns {Promise<any>} */
async function store(mode, act) {
  const db = await open();
  return new Promise((done, failed) => {
    const transaction = db.transaction(STORE, mode), request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => { done(request.result); db.close(); };
    transaction.onerror = transaction.onabort = () => { failed(transaction.error); db.close(); };
  });
}

/** This person's waiting answers, oldest first. @returns {Promise<Entry[]>} */
export const waiting = async () => (/** @type {Entry[]} */ (await store("readonly", s => s.getAll()).catch(() => [])))
  .filter(entry => entry.who === who()).sort((a, b) => a.at - b.at);

/** @param {Entry} entry @returns {Promise<Sent>} */
async function post(entry) {
  let answer;
  try {
    answer = await fetch(entry.api ?? API, {
      method: "POST", body: JSON.stringify(entry.body), credentials: "same-origin", signal: AbortSignal.timeout(12000),
      headers: { "content-type": "application/json", accept: "application/json", "x-csrftoken": token() },
    });
  } catch { return { state: "kept", why: "offline" }; }
  if (answer.status === 401 || answer.status === 403) return { state: "kept", why: "signed-out" };
  if (answer.status === 429 || answer.status === 408 || answer.status >= 500) return { state: "kept", why: "offline" };
  const body = await answer.json().catch(() => ({}));
  return { state: answer.ok ? "done" : "refused", body };
}

/** Keep first, then send. @param {Record<string, unknown>} body with its id @param {string} [api] where it goes @returns {Promise<Sent>} */
export async function send(body, api = API) {
  const entry = { id: String(body.id), who: who(), at: Date.now(), body, api };
  const kept = await store("readwrite", s => s.put(entry)).then(() => true, () => false);  // private windows may refuse
  const sent = await post(entry);
  if (sent.state !== "kept") { if (kept) await forget(entry.id); }
  else register();
  await announce();
  return sent;
}

/** @param {string} id */
const forget = id => store("readwrite", s => s.delete(id)).catch(() => {});
const register = () => navigator.serviceWorker?.ready.then(r => /** @type {any} */ (r).sync?.register("outbox")).catch(() => {});

let busy = false;
/** Send what waits, in order; tell the page about each (``outbox:sent``). */
export async function flush() {
  if (busy || !who()) return;
  busy = true;
  try {
    for (const entry of await waiting()) {
      const sent = await post(entry);
      if (sent.state === "kept") break;
      await forget(entry.id);
      dispatchEvent(new CustomEvent("outbox:sent", { detail: { id: entry.id, ...sent } }));
    }
  } finally { busy = false; await announce(); }
}

/** Say in the top bar how many answers wait. */
export async function announce() {
  const bar = document.getElementById("sync"), text = document.getElementById("sync-text");
  if (!bar || !text) return;
  const n = (await waiting()).length;
  bar.dataset.state = n ? "queued" : "saved";
  const says = (n === 0 ? bar.dataset.saved : n === 1 ? bar.dataset.one : bar.dataset.many?.replace("{n}", String(n))) ?? "";
  if (text.textContent !== says) text.textContent = says;
}

addEventListener("online", flush);
document.addEventListener("visibilitychange", () => { if (!document.hidden) void flush(); });
navigator.serviceWorker?.addEventListener("message", event => { if (event.data === "flush") void flush(); });
setInterval(async () => { if ((await waiting()).length) void flush(); }, 10000);
