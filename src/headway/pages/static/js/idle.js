// @ts-check
/** A shared device: who leaves without signing out is asked, then signed out; answers are sent before, and a page of
    somebody who has gone is never shown again. What could not be sent stays here under its owner's name. */
import { flush } from "./outbox.js";
const seconds = Number(document.body.dataset.idle), WARNING = Math.min(30, seconds / 2);
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("idle"));
const out = () => /** @type {HTMLFormElement | null} */ (document.querySelector("form[action='/sign-out']"));
let touched = Date.now(), told = Date.now(), leaving = false;

async function leave() {
  if (leaving) return;
  leaving = true;
  await Promise.race([flush(), new Promise(done => setTimeout(done, 4000))]).catch(() => {});
  sessionStorage.clear();
  out()?.submit();
  if (!out()) location.replace("/sign-in");
}

// While it asks, only its own button (or Escape) answers: closed by the press of a finger, it would let the tap through to the page.
const here = () => {
  if (dialog.open) return;
  touched = Date.now();
  if (touched - told > seconds * 250) { told = touched; fetch("/sign-in/here", { credentials: "same-origin" }).then(a => { if (!a.ok) location.replace("/sign-in"); }).catch(() => {}); }
};
for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, here, { passive: true, capture: true });
dialog.addEventListener("close", here);
addEventListener("submit", event => {
  if (event.target !== out() || leaving) return;
  event.preventDefault();
  void leave();
});
addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
setInterval(() => {
  const left = seconds - (Date.now() - touched) / 1000;
  if (left <= 0) void leave();
  else if (left <= WARNING && !dialog.open) dialog.showModal();
}, 1000);
dialog.dataset.watching = "";
