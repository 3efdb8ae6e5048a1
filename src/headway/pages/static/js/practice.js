// @ts-check
/** Makes the practice page quick: answers go to the API, the card is drawn anew in place. Without this the forms post. */
import { announce, flush, send } from "./outbox.js";
import { focus, prepare, read, write } from "./mathfield.js";
import { arrange, follow, helped, last } from "./working.js";

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const live = /** @type {HTMLElement} */ (document.getElementById("live"));
/** @param {string|undefined} text */
const say = text => { live.textContent = ""; if (text) setTimeout(() => { live.textContent = text; }, 60); };

let visible = 0, since = performance.now();
const restart = () => { visible = 0; since = performance.now(); };
const seconds = () => (visible + (document.hidden ? 0 : performance.now() - since)) / 1000;
document.addEventListener("visibilitychange", () => { if (document.hidden) visible += performance.now() - since; else since = performance.now(); });

/** Fetch a page of practice and put its card in place; returns what stood in the answer just before, and whether somebody was
 * writing there: it may have changed since the page was asked for. @param {string} url @param {RequestInit} [options] */
async function draw(url, options) {
  const answer = await fetch(url, { credentials: "same-origin", ...options });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html"), card = fresh.getElementById("main");
  if (!card?.classList.contains("practice")) { location.assign("/practice"); return { mine: "", writing: false }; }
  const before = stepOf(main), mine = read(main), writing = main.querySelector("#entry .field-row")?.contains(document.activeElement) ?? false;
  main.replaceChildren(...card.childNodes);
  document.title = fresh.title;
  const sun = document.querySelector(".sun"), risen = fresh.querySelector(".sun");
  if (sun && risen) sun.setAttribute("class", risen.getAttribute("class") ?? "");
  history.replaceState(null, "", "/practice");
  if (stepOf(main) !== before) restart();
  prepare(main); arrange(main);
  say(fresh.querySelector(".messages")?.textContent?.trim() || work().dataset.said);
  return { mine, writing };
}
const work = () => /** @type {HTMLElement} */ (main.querySelector(".work"));
const form = () => /** @type {HTMLFormElement|null} */ (main.querySelector("#answer-form"));
/** @param {Element} root */
const stepOf = root => ["activity", "step"].map(name => /** @type {HTMLInputElement|null} */ (root.querySelector(`#answer-form [name=${name}]`))?.value).join("#");

/** @param {HTMLFormElement} from */
function given(from) {
  if (!from.querySelector(".options")) return read(main).trim();
  return [...from.querySelectorAll("input[name=answer]:checked")].map(e => /** @type {HTMLInputElement} */ (e).value).sort((a, b) => +a - +b).join(",");
}

const HINTS = "hints-open";
const hints = () => /** @type {HTMLInputElement|null} */ (main.querySelector("#answer-form [name=hints]"))?.value ?? "0";
/** Hints that were opened stay open, and count, when the page is loaded again. */
const remember = () => sessionStorage.setItem(HINTS, `${hints()} ${stepOf(main)}`);
async function reopen() {
  const [open, ...step] = (sessionStorage.getItem(HINTS) ?? "0").split(" ");
  if (step.join(" ") !== stepOf(main) || +open <= +hints()) return;
  try {
    const { mine, writing } = await draw(`/practice?hints=${+open}`);
    write(main, mine);
    if (writing) focus(main);
  } catch { /* offline: they are opened again with the next press */ }
}

let checking = false;
/** @param {HTMLFormElement} from @param {boolean} shown */
async function check(from, shown) {
  const mine = last(main), answer = given(from) || (from.querySelector(".options") ? "" : mine.line), value = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (from.elements.namedItem(name)).value;
  if (checking) return;
  if (!given(from) && mine.line && mine.broken && !shown) { say(main.dataset.sayMend); return; }
  if (!answer && !shown) { say(main.dataset.sayEmpty); focus(main); return; }
  checking = true; from.setAttribute("aria-busy", "true"); say(main.dataset.sayChecking);
  const body = { id: value("event"), activity: value("activity"), step: +value("step"), answer: shown ? "" : answer, hints: +value("hints") + helped(main), shown, seconds: Math.min(seconds(), 21600), at: Date.now() / 1000 };
  try { await settle(from, answer, body.id, value("hints"), await send(body)); }
  finally { checking = false; from.removeAttribute("aria-busy"); }
}

/** @param {HTMLFormElement} from @param {string} answer @param {string} id @param {string} hints @param {import("./outbox.js").Sent} sent */
async function settle(from, answer, id, hints, sent) {
  if (sent.state === "kept") return keep(from, answer, id, sent.why === "signed-out" ? main.dataset.saySignedOut : main.dataset.sayKept);
  if (sent.state === "refused") { say(sent.body.detail ?? sent.body.title); await draw("/practice"); return focus(main); }
  if (!["right", "wrong", "shown"].includes(sent.body.outcome)) return look(sent.body.feedback);
  await after(id, hints);
}

/** Draw the card as it is after an answer, and lead on. @param {string} id @param {string} hints */
async function after(id, hints) {
  await draw(`/practice?after=${encodeURIComponent(id)}&hints=${encodeURIComponent(hints)}`);
  const next = /** @type {HTMLElement|null} */ (main.querySelector("#next"));
  if (next) next.focus(); else focus(main);
}

/** It does not count: say why and leave the answer for mending. @param {string} words */
function look(words) {
  const box = main.querySelector("#feedback");
  if (!box) return;
  const note = document.createElement("div"), text = document.createElement("p");
  note.className = "note iris"; text.textContent = words.replaceAll("$$", ""); note.append(text); box.replaceChildren(note);
  say(text.textContent); focus(main);
}

/** The network is gone: show the answer as kept. @param {HTMLFormElement} from @param {string} answer @param {string} id @param {string} [words] */
function keep(from, answer, id, words) {
  const list = main.querySelector(".lines") ?? Object.assign(document.createElement("ol"), { className: "lines" });
  if (!list.isConnected) from.before(list);
  const line = document.createElement("li"), mine = document.createElement("span"), note = document.createElement("span"), dot = document.createElement("span");
  line.className = "line wait"; line.dataset.id = id; dot.className = "n"; dot.textContent = "…"; mine.className = "m"; note.className = "say"; note.textContent = words ?? "";
  mine.textContent = from.querySelector(".options") ? "" : answer.replace(/\\[dt]?frac\{?(\w+)\}?\{?(\w+)\}?/g, "$1/$2").replace(/[\\{}$]/g, "");
  line.append(dot, mine, note); list.append(line);
  from.hidden = true;
  say(words);
}

addEventListener("outbox:sent", event => {
  const { id, state } = /** @type {CustomEvent} */ (event).detail;
  if (main.querySelector(`[data-id="${CSS.escape(id)}"]`)) void (state === "done" ? after(id, "0") : draw("/practice"));
});

main.addEventListener("submit", async event => {
  const from = /** @type {HTMLFormElement} */ (event.target), button = /** @type {HTMLButtonElement|null} */ (event.submitter);
  event.preventDefault();
  if (from === form()) return check(from, button?.name === "shown");
  const same = stepOf(main);
  let mine;
  try { ({ mine } = await draw(from.action, { method: "POST", body: new FormData(from, button) })); } catch { say(main.dataset.sayKept); return; }
  if (stepOf(main) === same) write(main, mine);
  if (from.classList.contains("scaffold")) /** @type {HTMLElement|null} */ (main.querySelector(`#hint-${/** @type {HTMLInputElement} */ (from.elements.namedItem("rung")).value}`))?.focus();
  else if (stepOf(main) !== same) focus(main);
  else main.focus();
});

main.addEventListener("click", async event => {
  const link = /** @type {HTMLElement} */ (event.target).closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !["hint", "next"].includes(link.id)) return;
  event.preventDefault();
  let mine;
  try { ({ mine } = await draw(/** @type {HTMLAnchorElement} */ (link).href)); } catch { location.assign("/practice"); return; }
  if (link.id === "hint") write(main, mine);
  if (link.id === "next") { scrollTo({ top: 0 }); say(main.querySelector("#ask")?.textContent ?? ""); focus(main); }
  else { remember(); const all = main.querySelectorAll(".rungs > li"), last = /** @type {HTMLElement|undefined} */ (all[all.length - 1]); last?.focus(); say(last?.innerText); }
});

setInterval(async () => {  // somebody may be on the way
  const help = main.querySelector("#help[data-up='1']");
  if (!help || document.hidden) return;
  const answer = await fetch("/practice", { credentials: "same-origin" }).catch(() => null);
  const fresh = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("help") : null;
  if (fresh && fresh.textContent !== help.textContent) { help.replaceWith(fresh); say(fresh.textContent?.trim()); }
}, 8000);

history.replaceState(null, "", location.pathname);
prepare(main);
follow(main, { say, answered: answer => { write(main, answer); const now = form(); if (now) void check(now, false); } });
say(work()?.dataset.said);
void reopen(); void announce(); void flush();
