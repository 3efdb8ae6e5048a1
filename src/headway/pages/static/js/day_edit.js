// @ts-check
// Changing a planned day: a menu for each name and group in a dialog, and dragging with a mouse or a pen. Without this script the
// menu is a page of its own; a finger scrolls, so touch has the menu.
const dialog = /** @type {HTMLDialogElement} */ (document.querySelector("dialog.moves"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("edit"));
const FAR = 8; // pixels before a press becomes a drag

document.addEventListener("click", async e => {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (e.target).closest("a[data-open]"));
  if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  const answer = await fetch(link.href).catch(() => null);
  const part = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("moves") : null;
  if (!part) return location.assign(link.href);
  const close = Object.assign(document.createElement("button"), { type: "button", className: "btn small quiet", textContent: form.dataset.close });
  close.addEventListener("click", () => dialog.close());
  dialog.replaceChildren(...part.childNodes, close);
  dialog.showModal();
});

/** @type {{from: HTMLElement, slot: HTMLElement, x: number, y: number, ghost: HTMLElement | null, to: Record<string, string>} | null} */
let held = null;
document.addEventListener("pointerdown", e => {
  const grip = /** @type {Element} */ (e.target).closest("summary, h3");
  const from = /** @type {HTMLElement | null} */ (grip?.closest("[data-moves]") ?? null);
  const slot = /** @type {HTMLElement | null} */ (from?.closest("[data-block]"));
  if (from && slot && e.button === 0 && e.pointerType !== "touch") held = { from, slot, x: e.clientX, y: e.clientY, ghost: null, to: {} };
});
document.addEventListener("pointermove", e => {
  if (!held) return;
  if (!held.ghost && Math.hypot(e.clientX - held.x, e.clientY - held.y) > FAR) lift(held);
  if (!held.ghost) return;
  e.preventDefault();
  held.ghost.style.transform = `translate(${e.clientX + 12}px,${e.clientY + 12}px)`;
  const over = under(e);
  for (const each of held.slot.querySelectorAll("[data-to]")) each.classList.toggle("over", each === over);
});
document.addEventListener("pointerup", e => {
  const was = held, over = was?.ghost ? under(e) : null;
  drop();
  if (!was?.ghost) return;
  addEventListener("click", click => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
  setTimeout(() => over && send(was.from, over.dataset.to ?? ""), 0);
});
document.addEventListener("pointercancel", drop);
addEventListener("keydown", e => { if (e.key === "Escape") drop(); });
document.addEventListener("dragstart", e => { if (held) e.preventDefault(); });

/** @param {NonNullable<typeof held>} what */
async function lift(what) {
  const ghost = what.ghost = document.createElement("div");
  ghost.className = "ghost";
  ghost.textContent = what.from.querySelector("summary, h3")?.firstChild?.textContent ?? "";
  document.body.append(ghost);
  document.body.classList.add("dragging");
  const answer = await fetch(what.from.dataset.moves ?? "", { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || held !== what) return;
  what.to = (await answer.json()).to;
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (what.slot.querySelectorAll("[data-to]"))) {
    const words = what.to[each.dataset.to ?? ""];
    if (words) each.append(Object.assign(document.createElement("p"), { className: "cost", textContent: words }));
  }
}

/** The group under the pointer that takes what is held. @param {PointerEvent} e */
function under(e) {
  const found = /** @type {HTMLElement | null} */ (document.elementFromPoint(e.clientX, e.clientY)?.closest("[data-to]") ?? null);
  return found && held?.slot.contains(found) && held.to[found.dataset.to ?? ""] ? found : null;
}

function drop() {
  held?.ghost?.remove();
  document.body.classList.remove("dragging");
  for (const each of document.querySelectorAll(".cost")) each.remove();
  for (const each of document.querySelectorAll(".over")) each.classList.remove("over");
  held = null;
}

/** @param {HTMLElement} from @param {string} to */
function send(from, to) {
  const asked = new URL(from.dataset.moves ?? "", location.href).searchParams;
  const fields = { what: "move", to, block: asked.get("block"), group: asked.get("group"), learner: asked.get("learner") };
  for (const [name, value] of Object.entries(fields))
    if (value !== null) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  form.submit();
}
