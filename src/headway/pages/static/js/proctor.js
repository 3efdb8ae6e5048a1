// @ts-check
// The proctor's board draws its seats anew every few seconds, unless somebody is just working in them.
const EVERY = 4_000;
const seats = /** @type {HTMLElement} */ (document.getElementById("seats")), live = /** @type {HTMLElement} */ (document.getElementById("live"));
const quiet = () => new Set([...seats.querySelectorAll("tr[data-quiet]")].map(row => /** @type {HTMLElement} */ (row).dataset.quiet ?? ""));
let known = quiet();

async function draw() {
  if (document.hidden || seats.querySelector("details[open]") || seats.contains(document.activeElement)) return;
  const answer = await fetch(seats.dataset.now ?? "", { credentials: "same-origin", redirect: "manual" }).catch(() => null);
  if (!answer?.ok || seats.querySelector("details[open]") || seats.contains(document.activeElement)) return;
  const left = seats.querySelector(".scroll")?.scrollLeft ?? 0;
  seats.innerHTML = await answer.text();
  const wrap = seats.querySelector(".scroll");
  if (wrap) wrap.scrollLeft = left;
  const now = quiet(), fresh = [...now].find(name => !known.has(name));
  if (fresh) live.textContent = (live.dataset.quiet ?? "{who}").replace("{who}", fresh);
  known = now;
}
setInterval(() => void draw(), EVERY);
