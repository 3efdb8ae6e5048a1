// @ts-check
// Reading aloud for a minute: tap a word that was misread, tap again for one that the reader put right, tap the last word at the end.
const desk = /** @type {HTMLElement} */ (document.getElementById("desk"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("reading"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("passage")), sheet = /** @type {HTMLElement} */ (document.getElementById("words"));
const clock = /** @type {HTMLOutputElement} */ (document.getElementById("clock")), start = /** @type {HTMLButtonElement} */ (document.getElementById("start"));
const stop = /** @type {HTMLButtonElement} */ (document.getElementById("stop")), live = /** @type {HTMLElement} */ (document.getElementById("live"));
const score = /** @type {HTMLElement} */ (document.getElementById("score")), end = /** @type {HTMLElement} */ (document.getElementById("end"));
const said = desk.dataset, LIMIT = 60, MARKS = ["", "wrong", "self"];
let began = 0, timer = 0, state = "ready", last = -1, seconds = 0;

const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
const words = () => /** @type {HTMLButtonElement[]} */ ([...sheet.querySelectorAll(".word")]);
const marked = (/** @type {string} */ mark) => words().slice(0, last + 1).flatMap((word, at) => word.dataset.mark === mark ? [at] : []);

function lay() {
  sheet.replaceChildren(...text.value.trim().split(/\s+/).filter(Boolean).map((word, at) => {
    const button = document.createElement("button");
    button.type = "button"; button.className = "word"; button.textContent = word; button.dataset.mark = "";
    button.addEventListener("click", () => tap(button, at));
    return button;
  }));
  start.disabled = !sheet.children.length;
}

/** @param {HTMLButtonElement} word @param {number} at */
function tap(word, at) {
  if (state === "ready") return;
  if (state === "last") { last = at; state = "done"; show(); return; }
  word.dataset.mark = MARKS[(MARKS.indexOf(word.dataset.mark ?? "") + 1) % MARKS.length];
  word.setAttribute("aria-label", `${word.textContent}${word.dataset.mark ? ", " + said[word.dataset.mark] : ""}`);
  if (state === "done") show();
}

function tick() {
  seconds = Math.min((performance.now() - began) / 1000, LIMIT);
  clock.value = `${Math.ceil(LIMIT - seconds)} s`;
  if (seconds >= LIMIT) finish();
}

function finish() {
  clearInterval(timer);
  seconds = Math.min((performance.now() - began) / 1000, LIMIT);
  state = "last"; stop.hidden = true; live.textContent = said.last ?? "";
}

function show() {
  words().forEach((word, at) => { word.classList.toggle("last", at === last); word.classList.toggle("after", at > last); });
  const wrong = marked("wrong"), self = marked("self"), right = last + 1 - wrong.length;
  field("read").value = String(last + 1); field("seconds").value = seconds.toFixed(1);
  field("wrong").value = wrong.join(","); field("self").value = self.join(",");
  score.textContent = (said.score ?? "").replace("{n}", String(Math.round(right * 60 / Math.max(seconds, 1))));
  live.textContent = said.done ?? "";
  end.hidden = false;
}

start.addEventListener("click", () => {
  lay(); state = "reading"; last = -1; began = performance.now(); end.hidden = true;
  start.hidden = true; stop.hidden = false; /** @type {HTMLElement} */ (document.getElementById("choose")).hidden = true;
  live.textContent = said.reading ?? ""; timer = setInterval(tick, 200); tick();
});
stop.addEventListener("click", finish);
text.addEventListener("input", lay);
document.getElementById("shelf")?.addEventListener("change", event => {
  const chosen = /** @type {HTMLSelectElement} */ (event.target).selectedOptions[0];
  if (chosen?.dataset.text) { text.value = chosen.dataset.text; field("form").value = chosen.textContent?.trim() ?? ""; lay(); }
});
desk.hidden = false;
lay();
