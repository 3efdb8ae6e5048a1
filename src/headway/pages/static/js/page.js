// @ts-check
// What every page does: keep the look for when the network is gone, and close a menu on Escape or a click elsewhere.
if (!new URLSearchParams(location.search).has("nosw")) navigator.serviceWorker?.register("/sw.js").catch(() => {});
const menus = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.me[open], details.menu[open]"));
addEventListener("keydown", e => { if (e.key === "Escape") menus().forEach(m => { m.open = false; m.querySelector("summary")?.focus(); }); });
addEventListener("click", e => menus().forEach(m => { if (!m.contains(/** @type {Node} */ (e.target))) m.open = false; }));
if (document.body.dataset.idle) import("./idle.js").catch(() => {});
if (document.body.dataset.person) import("./outbox.js").then(outbox => outbox.flush()).catch(() => {});
