// @ts-check
// The screening page: the same answer field as practice, and reading aloud where it was allowed. Without it the form posts.
import { focus, prepare, read } from "./mathfield.js";

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
prepare(main);
const form = /** @type {HTMLFormElement} */ (document.getElementById("answer-form"));
form.addEventListener("submit", () => {
  const input = /** @type {HTMLInputElement|null} */ (main.querySelector("#answer"));
  if (input && main.querySelector("math-field")) input.value = read(main);
  form.querySelectorAll("button").forEach(button => setTimeout(() => { button.disabled = true; }));  // one press, one answer
});
addEventListener("pageshow", () => form.querySelectorAll("button").forEach(button => { button.disabled = false; }));
if (matchMedia("(pointer: fine)").matches) focus(main);

const aloud = document.getElementById("aloud");
if (aloud && "speechSynthesis" in window) {
  aloud.hidden = false;
  aloud.addEventListener("click", () => {
    speechSynthesis.cancel();
    const parts = [...main.querySelectorAll(".lead-in, .body, #ask, #formula, .options .option")];
    const words = parts.map(part => part.querySelector("input")?.getAttribute("aria-label") ?? part.textContent?.trim() ?? "").filter(Boolean);
    const speech = new SpeechSynthesisUtterance(words.join(". "));
    speech.lang = document.documentElement.lang;
    speechSynthesis.speak(speech);
  });
}
