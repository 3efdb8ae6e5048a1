// @ts-check
// The board on the wall: once a minute it looks again, so that "now" moves on and a repaired plan is there by itself.
const LOOK = 60_000;
const wire = () => {
  const full = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-full]"));
  if (!full || !document.documentElement.requestFullscreen) return;
  full.hidden = false;
  full.addEventListener("click", () => document.documentElement.requestFullscreen().catch(() => {}));
};
setInterval(async () => {
  const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  const main = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main") : null;
  const old = document.getElementById("main");
  if (main && old && !old.contains(document.activeElement)) { old.replaceChildren(...main.childNodes); wire(); }
}, LOOK);
wire();
