// @ts-check
// Reads a passage out, where the browser can: a press begins, another one stops.
const speech = window.speechSynthesis;

document.addEventListener("click", event => {
  const button = /** @type {Element} */ (event.target).closest("#aloud");
  const text = document.getElementById("passage");
  if (!button || !text || !speech) return;
  if (speech.speaking) { speech.cancel(); return; }
  const said = /** @type {HTMLElement} */ (button.querySelector("span")), before = said.textContent;
  const words = new SpeechSynthesisUtterance(text.innerText);
  words.lang = text.lang || "en"; words.rate = 0.9;
  words.onend = words.onerror = () => { said.textContent = before; };
  said.textContent = /** @type {HTMLElement} */ (button).dataset.stop ?? before;
  speech.speak(words);
});
window.addEventListener("pagehide", () => speech?.cancel());

function offer() {
  const button = document.getElementById("aloud");
  if (button && speech) button.hidden = false;
}
new MutationObserver(offer).observe(document.body, { childList: true, subtree: true });
offer();
