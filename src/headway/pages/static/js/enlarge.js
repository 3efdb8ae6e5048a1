// @ts-check
// A handed-in text as large as one needs it: by buttons, keys, two fingers, a double tap; moved by scrolling or dragging.
// Without this script the link opens the picture itself.
const LEAST = 0.5, MOST = 6, STEP = 1.5, DOUBLE = 2.5;
const box = /** @type {HTMLDialogElement | null} */ (document.querySelector("#enlarge"));
const room = /** @type {HTMLElement | null} */ (box?.querySelector("[data-room]"));
const sheet = /** @type {HTMLElement | null} */ (box?.querySelector("[data-sheet]"));
let zoom = 1;

/** Set the zoom so that the point (x, y) of the window stays where it is. @param {number} wanted @param {number} [x] @param {number} [y] */
function zoomTo(wanted, x, y) {
  if (!box || !room || !sheet) return;
  const frame = room.getBoundingClientRect();
  const at = { x: (x ?? frame.left + frame.width / 2) - frame.left, y: (y ?? frame.top + frame.height / 2) - frame.top };
  const next = Math.min(Math.max(wanted, LEAST), MOST), times = next / zoom;
  const left = (room.scrollLeft + at.x) * times - at.x, top = (room.scrollTop + at.y) * times - at.y;
  zoom = next;
  sheet.style.width = `${zoom * 100}%`;
  room.scrollTo(left, top);
  const said = box.querySelector("output");
  if (said) said.textContent = `${Math.round(zoom * 100)} %`;
}

/** @param {HTMLAnchorElement} link */
function open(link) {
  if (!box || !room || !sheet) return;
  const all = [...(link.parentElement?.querySelectorAll("a[data-enlarge] img") ?? [])];
  sheet.replaceChildren(...all.map(img => {
    const large = /** @type {HTMLImageElement} */ (img.cloneNode());
    large.draggable = false;
    return large;
  }));
  zoom = 1;
  sheet.style.width = "100%";
  box.showModal();
  zoomTo(1);
  const here = sheet.children[all.indexOf(/** @type {Element} */ (link.querySelector("img")))];
  room.scrollTo(0, here instanceof HTMLElement ? here.offsetTop : 0);
  room.focus();
}

document.addEventListener("click", e => {
  const link = /** @type {Element} */ (e.target).closest?.("a[data-enlarge]");
  if (!(link instanceof HTMLAnchorElement) || !box || e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  open(link);
});

if (box && room && sheet) {
  const deeds = { in: () => zoomTo(zoom * STEP), out: () => zoomTo(zoom / STEP), fit: () => zoomTo(1), close: () => box.close() };
  box.addEventListener("click", e => {
    const deed = /** @type {Element} */ (e.target).closest?.("[data-deed]")?.getAttribute("data-deed");
    if (deed && deed in deeds) deeds[/** @type {keyof typeof deeds} */ (deed)]();
  });
  box.addEventListener("keydown", e => {
    const deed = { "+": "in", "=": "in", "-": "out", "0": "fit" }[e.key];
    if (!deed || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    deeds[/** @type {keyof typeof deeds} */ (deed)]();
  });
  box.addEventListener("close", () => sheet.replaceChildren());
  room.addEventListener("dblclick", e => zoomTo(zoom > 1 ? 1 : DOUBLE, e.clientX, e.clientY));
  room.addEventListener("wheel", e => {
    if (!e.ctrlKey) return;
    e.preventDefault();
    zoomTo(zoom * Math.exp(-e.deltaY / 300), e.clientX, e.clientY);
  }, { passive: false });
  /** @type {{ apart: number, zoom: number } | null} */
  let pinch = null;
  /** @param {TouchEvent} e */
  const apart = e => Math.hypot(e.touches[0].clientX - e.touches[1].clientX, e.touches[0].clientY - e.touches[1].clientY);
  room.addEventListener("touchstart", e => { pinch = e.touches.length === 2 ? { apart: apart(e), zoom } : null; }, { passive: true });
  room.addEventListener("touchmove", e => {
    if (!pinch || e.touches.length !== 2) return;
    e.preventDefault();
    const [a, b] = e.touches;
    zoomTo(pinch.zoom * apart(e) / pinch.apart, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
  }, { passive: false });
  room.addEventListener("touchend", e => { if (e.touches.length < 2) pinch = null; }, { passive: true });
  room.addEventListener("pointermove", e => {
    if (e.pointerType === "mouse" && e.buttons === 1) room.scrollBy(-e.movementX, -e.movementY);
  });
}
