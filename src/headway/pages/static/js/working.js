// @ts-check
/** The working of a problem, line by line: each deed goes to the coach, the card is drawn anew. Without this the forms post. */
import { send } from "./outbox.js";
import { change, editorOf, enhance, press, remembered, touch, wanted } from "./mathfield.js";

const API = "/api/coach/lines", OPEN = "headway-bench";
/** @typedef {{say: (text?: string) => void, answered?: (answer: string) => void}} Ways */

/** The working of the open page, or null. @param {HTMLElement} main */
export const bench = main => /** @type {HTMLElement|null} */ (main.querySelector("#bench"));

/** Help used so far in the working. @param {HTMLElement} main */
export const helped = main => Number(bench(main)?.dataset.help ?? 0);

/** The last line, and whether a line does not follow. @param {HTMLElement} main */
export function last(main) {
  const lines = /** @type {NodeListOf<HTMLInputElement>} */ (main.querySelectorAll(".step .mend input[name=line]"));
  return { line: bench(main)?.dataset.last || (lines[lines.length - 1]?.value ?? ""), broken: Boolean(main.querySelector(".step.first")) };
}

/** Follow what is done in the working, now and after each drawing. @param {HTMLElement} main @param {Ways} ways */
export function follow(main, ways) {
  main.addEventListener("submit", event => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.closest("#bench")) return;
    event.preventDefault(); event.stopImmediatePropagation();
    void act(main, form, /** @type {HTMLButtonElement|null} */ (event.submitter), ways);
  }, true);
  main.addEventListener("paste", event => {
    const form = /** @type {HTMLElement} */ (event.target).closest("form"), text = event.clipboardData?.getData("text/plain") ?? "";
    const lines = text.split(/[\r\n]+/).map(line => line.trim()).filter(Boolean);
    if (form?.id !== "next-line" || lines.length < 2) return;
    event.preventDefault(); event.stopImmediatePropagation();
    void write(main, form, lines, ways);
  }, true);
  main.addEventListener("input", event => {  // a digit leads on to the box at its left, as one writes
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (!box.closest(".columns") || box.closest(".notes") || !/^\d$/.test(box.value)) return;
    const before = /** @type {HTMLInputElement|null} */ (box.previousElementSibling);
    if (before?.localName === "input" && !box.closest(".division")) before.focus();
    else if (box.closest(".division")) /** @type {HTMLElement|null} */ (box.nextElementSibling)?.focus();
  });
  main.addEventListener("keydown", event => {
    const box = /** @type {HTMLInputElement} */ (event.target), way = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[event.key];
    if (!way || box.localName !== "input" || !box.closest(".columns")) return;
    const next = /** @type {any} */ (box)[way];
    if (next?.localName === "input") { event.preventDefault(); next.focus(); }
  });
  addEventListener("outbox:sent", event => {
    if (main.querySelector(`.step[data-id="${CSS.escape(/** @type {CustomEvent} */ (event).detail.id)}"]`)) void draw(main, ways, -1).catch(() => undefined);
  });
  arrange(main);
}

/** @param {Event} event */
const keyOf = event => /** @type {HTMLElement} */ (event.target).closest("button");

/** Make the fields of the card quick to use. @param {HTMLElement} main */
export function arrange(main) {
  const card = bench(main), fold = /** @type {HTMLDetailsElement|null} */ (card?.closest("details.fold") ?? null);
  if (fold) {
    try { if (localStorage.getItem(OPEN) === "1") fold.open = true; } catch { /* a private window forgets: fine */ }
    fold.ontoggle = () => { try { localStorage.setItem(OPEN, fold.open ? "1" : "0"); } catch { /* as above */ } };
  }
  const mode = /** @type {HTMLElement|null} */ (card?.querySelector("#line-mode") ?? null), line = /** @type {HTMLInputElement|null} */ (card?.querySelector("#line") ?? null);
  if (mode && line) {
    mode.hidden = false;
    mode.textContent = (remembered() ? main.dataset.sayMath : main.dataset.sayPlain) ?? "";
    mode.onclick = () => {
      const editor = editorOf(line);
      if (editor) { line.value = editor.value; editor.remove(); line.hidden = false; }
      change(); arrange(main); line.focus();
    };
  }
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (card?.querySelectorAll("input[name=line]") ?? [])) {
    const keys = /** @type {HTMLElement|null} */ (card?.querySelector(".keys") ?? null), names = `label[for="${input.id}"]`;
    if (keys) {  // one keypad, for the line that was touched last
      if (input.id === "line") { keys.hidden = remembered() || !touch; keys.onclick = event => press(input, keyOf(event)); }
      input.form?.addEventListener("focusin", () => { keys.onclick = event => press(input, keyOf(event)); });
    }
    if (keys && touch && !remembered()) input.inputMode = "none";
    wanted(input, remembered() ? null : () => void enhance(main, input, keys, names));
  }
}

/** @param {HTMLFormElement} form @param {string} name */
const value = (form, name) => /** @type {HTMLInputElement|null} */ (form.elements.namedItem(name))?.value ?? "";
let since = performance.now(), busy = false;

/** @param {HTMLElement} main @param {HTMLFormElement} form @param {HTMLButtonElement|null} button @param {Ways} ways */
async function act(main, form, button, ways) {
  const kind = button?.name === "drop" ? "drop" : form.dataset.deed ?? "line";
  if (kind === "line") {
    const input = /** @type {HTMLInputElement} */ (form.querySelector("input[name=line]")), line = (editorOf(input)?.value ?? input.value).trim();
    if (!line) { ways.say(main.dataset.sayNoLine); (editorOf(input) ?? input).focus(); return; }
    return write(main, form, [line], ways);
  }
  const line = kind === "reason" ? button?.value ?? "" : kind === "grid" ? rows(form) : "";
  await once(main, form, async () => settle(main, await deed(form, kind, line, value(form, "event"), +value(form, "number")), ways, -1));
}

/** Write lines after one another. @param {HTMLElement} main @param {HTMLFormElement} form @param {string[]} lines @param {Ways} ways */
async function write(main, form, lines, ways) {
  await once(main, form, async () => {
    const first = +value(form, "number");
    for (const [n, line] of lines.entries()) {
      const id = n ? crypto.randomUUID() : value(form, "event"), sent = await deed(form, "line", line, id, first + n);
      if (sent.state === "kept") { keep(main, line, id, ways, sent.why); if (n < lines.length - 1) continue; return; }
      if (sent.state === "refused" || n === lines.length - 1) return settle(main, sent, ways, first + n);
    }
  });
}

/** @param {HTMLElement} main @param {HTMLFormElement} form @param {() => Promise<void>} work */
async function once(main, form, work) {
  if (busy) return;
  busy = true; form.setAttribute("aria-busy", "true");
  try { await work(); } finally { busy = false; form.removeAttribute("aria-busy"); since = performance.now(); }
}

/** @param {HTMLFormElement} form @param {string} kind @param {string} line @param {string} id @param {number} number */
const deed = (form, kind, line, id, number) => send({
  id, kind, line, number, working: value(form, "working"), activity: value(form, "activity"), step: +value(form, "step"),
  problem: value(form, "problem"), seconds: Math.min((performance.now() - since) / 1000, 21600), at: Date.now() / 1000,
}, API);

/** The rows of the grid, a space where a box is empty. @param {HTMLFormElement} form */
function rows(form) {
  const last = +value(form, "rows") - 1, shifted = "*/".includes(value(form, "operation"));
  return [...form.querySelectorAll(".strip[role=group]:not(.notes)")].map((strip, n) => {
    const digits = [...strip.querySelectorAll("input")].map(box => box.value.trim() || " ").join("");
    return shifted && n < last ? digits : digits.trimEnd();
  }).filter(row => row.trim()).join("\n");
}

/** @param {HTMLElement} main @param {import("./outbox.js").Sent} sent @param {Ways} ways @param {number} number */
async function settle(main, sent, ways, number) {
  if (sent.state === "kept") return ways.say(sent.why === "signed-out" ? main.dataset.saySignedOut : main.dataset.sayKept);
  if (sent.state === "refused") return ways.say(sent.body.detail ?? sent.body.title);
  await draw(main, ways, number).catch(() => ways.say(main.dataset.sayKept));
}

/** Draw the card as it stands, and lead on. @param {HTMLElement} main @param {Ways} ways @param {number} number the line just written, or -1 */
async function draw(main, ways, number) {
  const card = bench(main);
  if (!card) return;
  const { working = "", activity = "", step = "0", problem = "" } = card.dataset;
  const answer = await fetch(`/coach/bench?${new URLSearchParams({ working, activity, step, problem })}`, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("bench");
  if (!fresh) { location.reload(); return; }
  const grid = document.activeElement?.closest(".columns");
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (card.querySelectorAll(".notes input"))) {  // carried digits stay in the page
    const same = /** @type {HTMLInputElement|null} */ (fresh.querySelector(`.notes [name="${box.name}"]`));
    if (same) same.value = box.value;
  }
  card.replaceWith(fresh);
  arrange(main);
  ways.say(fresh.dataset.said);
  if (fresh.dataset.answer && ways.answered) return ways.answered(fresh.dataset.answer);
  const broken = /** @type {HTMLElement|null} */ (fresh.querySelector(".step.first"));
  const hint = /** @type {HTMLElement|null} */ (fresh.querySelector(".ask button"));
  const place = broken && broken.dataset.part === undefined && +(broken.dataset.number ?? -2) === number ? broken.querySelector("input[name=line]")
    : grid ? fresh.querySelector(".columns .wrong") ?? fresh.querySelector(".columns button") : hint && number < 0 ? hint : fresh.querySelector("#line");
  /** @type {HTMLElement|null} */ (place)?.focus();
}

/** The network is gone: show the line as kept. @param {HTMLElement} main @param {string} line @param {string} id @param {Ways} ways @param {string} [why] */
function keep(main, line, id, ways, why) {
  const card = bench(main), form = card?.querySelector("#next-line");
  if (!card || !form) return;
  const list = card.querySelector(".steps") ?? Object.assign(document.createElement("ol"), { className: "steps" });
  if (!list.isConnected) form.before(list);
  const row = document.createElement("li"), dot = document.createElement("span"), mine = document.createElement("span"), note = document.createElement("span");
  row.className = "step wait"; row.dataset.id = id; dot.className = "n"; dot.textContent = "…"; mine.className = "m"; note.className = "say";
  mine.textContent = line.replace(/\\[dt]?frac\{?(\w+)\}?\{?(\w+)\}?/g, "$1/$2").replace(/\\left|\\right|[\\{}$]/g, "");
  note.textContent = (why === "signed-out" ? main.dataset.saySignedOut : main.dataset.sayKept) ?? "";
  row.append(dot, mine, note); list.append(row);
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input[name=line]")), place = /** @type {HTMLInputElement} */ (form.querySelector("[name=number]")), event = /** @type {HTMLInputElement} */ (form.querySelector("[name=event]"));
  input.value = ""; const editor = editorOf(input); if (editor) editor.value = "";
  place.value = String(+place.value + 1); event.value = crypto.randomUUID();
  ways.say(note.textContent); (editor ?? input).focus();
}
