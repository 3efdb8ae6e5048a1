// @ts-check
/** The math editor takes the place of the plain field when it is first wanted; the plain field stays for the form. */
const PLAIN = "headway-plain", FIELD = "#entry math-field";
export const touch = matchMedia("(pointer: coarse)").matches;
export const remembered = () => { try { return localStorage.getItem(PLAIN) === "1"; } catch { return false; } };

/** Change over between the math editor and plain typing, here and from now on. */
export function change() {
  try { localStorage.setItem(PLAIN, remembered() ? "0" : "1"); } catch { /* a private window forgets: fine */ }
}

/** @param {HTMLElement} main the page's main element, which says where the editor is */
export function prepare(main) {
  const input = /** @type {HTMLInputElement|null} */ (main.querySelector("#answer")), mode = main.querySelector("#mode");
  const keys = /** @type {HTMLElement|null} */ (main.querySelector("#entry .keys"));
  if (!input || !(mode instanceof HTMLElement) || !keys) return;
  mode.hidden = false;
  const plain = remembered();
  mode.textContent = (plain ? main.dataset.sayMath : main.dataset.sayPlain) ?? "";
  mode.onclick = () => {
    change();
    const value = read(main);
    main.querySelector(FIELD)?.remove();
    input.hidden = false; input.value = value;
    prepare(main); input.focus();
  };
  keys.hidden = plain || !touch;
  input.inputMode = touch && !plain ? "none" : "text";
  keys.onclick = event => press(input, /** @type {HTMLElement} */ (event.target).closest("button"));
  wanted(input, plain ? null : () => void enhance(main, input, keys, "#ask, #formula, #answer-label"));
}

/** What to do when a field is wanted: at once where somebody was quicker than this script. @param {HTMLInputElement} input @param {(() => void)|null} then */
export function wanted(input, then) {
  input.onfocus = then;
  if (then && document.activeElement === input) then();
}

/** What stands in the answer, in the notation of whichever field is in use. @param {HTMLElement} main */
export function read(main) {
  const field = /** @type {any} */ (main.querySelector(FIELD));
  return field ? field.value : /** @type {HTMLInputElement|null} */ (main.querySelector("#answer"))?.value ?? "";
}

/** Put an answer back, after the card was drawn anew. @param {HTMLElement} main @param {string} value */
export function write(main, value) {
  const field = /** @type {any} */ (main.querySelector(FIELD)), input = /** @type {HTMLInputElement|null} */ (main.querySelector("#answer"));
  if (field) field.value = value; else if (input) input.value = value;
}

/** @param {HTMLElement} main */
export function focus(main) {
  const field = /** @type {HTMLElement|null} */ (main.querySelector(FIELD) ?? main.querySelector("#answer") ?? main.querySelector(".options input"));
  field?.focus();
}

/** @type {Promise<any>|undefined} */
let editor;
/** @param {HTMLElement} main */
function load(main) {
  if (!editor) {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet"; sheet.href = main.dataset.mathliveCss ?? ""; document.head.append(sheet);
    editor = import(main.dataset.mathlive ?? "").then(module => {
      module.MathfieldElement.fontsDirectory = null;  // the style sheet names them: 3 files are fetched, not 20
      module.MathfieldElement.soundsDirectory = null;
      return module;
    });
    editor.catch(() => { editor = undefined; });
  }
  return editor;
}

/** The editor that took a plain field's place, or null. @param {HTMLInputElement} input */
export const editorOf = input => input.nextElementSibling?.localName === "math-field" ? /** @type {any} */ (input.nextElementSibling) : null;

/** Signs, digits and letters by themselves: they mean the same in a plain field and in the editor. A slash or a power takes
 * in what follows there, and a word is no product. */
const FLAT = /^(?:[-+=.,*()\d]|[a-z](?![a-z]))*$/i;

/** Put the editor in a field's place, unless something stands there that would not mean the same in it. @param {HTMLElement} main @param {HTMLInputElement} input @param {HTMLElement|null} keys its keypad @param {string} names what names the field */
export async function enhance(main, input, keys, names) {
  if (keys) keys.hidden = false;  // at once: nothing on the page moves under a hand when the editor comes
  let field;
  try { field = new (await load(main)).MathfieldElement(); } catch { if (keys) keys.hidden = !touch; return; }  // offline: plain typing works as well
  await new Promise(done => setTimeout(done));  // what was typed while the module ran arrives first
  if (!input.isConnected || input.hidden || editorOf(input) || remembered()) return;  // plain typing was chosen while it came
  const value = input.value;
  if (!value.includes("\\") && !FLAT.test(value)) return;  // somebody was quicker: it stays as it was written
  field.mathVirtualKeyboardPolicy = "manual";
  field.setAttribute("aria-label", [...main.querySelectorAll(names)].map(e => e.textContent?.trim()).join(". "));
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter") { event.preventDefault(); input.form?.requestSubmit(); }
    if (event.key === " " && !event.isComposing && field.mode === "math") { event.preventDefault(); event.stopImmediatePropagation(); space(field); }
  }, { capture: true });
  const late = document.activeElement === input ? hold() : null;
  input.hidden = true; input.after(field);
  field.menuItems = [];
  if (value.includes("\\")) field.value = value; else for (const sign of value) type(field, sign);
  input.oninput = () => { field.remove(); input.hidden = false; };  // dictation or another tool wrote into the field that it found
  input.closest("#entry")?.classList.add("ready");
  if (!late) return;
  field.focus();
  for (let frame = 0; frame < 90 && document.activeElement !== field; frame++) await new Promise(done => requestAnimationFrame(done));
  for (const sign of late()) if (sign === "\n") input.form?.requestSubmit(); else type(field, sign);
}

/** A key pressed in the field, as if by hand: a slash makes a fraction. Told of the sign <, the editor takes it for the key that
 * begins LaTeX. @param {any} field @param {string} sign */
const type = (field, sign) => sign === " " ? space(field) : field.executeCommand(["typedText", sign, { simulateKeystroke: sign !== "<" }]);

/** The space bar leaves a fraction or a power, but never a bracket; after a number it keeps a gap, so that 1 1/2 stays one and a half. @param {any} field */
function space(field) {
  const at = field.position;
  field.executeCommand("moveAfterParent");
  if (field.position !== at && !/[)\]]$/.test(field.getValue(0, field.position, "latex"))) return;
  field.position = at;
  if (/\d$/.test(field.getValue(at - 1, at, "latex"))) field.executeCommand(["insert", "\\,", { feedback: false }]);
}

/** Catch what is typed or pasted while one field takes the other's place; the returned function ends it and gives the signs. */
function hold() {
  /** @type {string[]} */
  const signs = [];
  const stop = (/** @type {Event} */ event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key.length === 1 || event.key === "Enter")) return;
    signs.push(event.key === "Enter" ? "\n" : event.key); stop(event);
  };
  const paste = (/** @type {ClipboardEvent} */ event) => { signs.push(...(event.clipboardData?.getData("text/plain") ?? "").trim().replace(/\s+/g, " ")); stop(event); };
  addEventListener("keydown", key, true); addEventListener("paste", paste, true);
  return () => { removeEventListener("keydown", key, true); removeEventListener("paste", paste, true); return signs; };
}

/** A key of the keypad goes into a field or its editor. @param {HTMLInputElement} input @param {HTMLButtonElement|null} key */
export function press(input, key) {
  if (!key) return;
  const field = editorOf(input), { latex = "", plain = "", command = "" } = key.dataset;
  if (field) {
    if (command) field.executeCommand(command); else field.executeCommand(["insert", latex, { focus: true, feedback: false }]);
    field.focus();
    return;
  }
  const start = input.selectionStart ?? input.value.length, end = input.selectionEnd ?? start;
  if (command) input.setRangeText("", start === end ? Math.max(0, start - 1) : start, end, "end");
  else input.setRangeText(plain, start, end, "end");
  input.focus();
}
