// @ts-check
/** One's own problem, worked line by line. */
import { announce, flush } from "./outbox.js";
import { follow } from "./working.js";

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const live = /** @type {HTMLElement} */ (document.getElementById("live"));
follow(main, { say: text => { live.textContent = ""; if (text) setTimeout(() => { live.textContent = text; }, 60); } });
void announce(); void flush();
