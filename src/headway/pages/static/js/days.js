// @ts-check
// A day that is being planned: the page shows it as soon as it is there.
const panel = /** @type {HTMLElement | null} */ (document.querySelector("[data-wait]"));
if (panel) {
  const look = async () => {
    const answer = await fetch(panel.dataset.wait ?? "").catch(() => null);
    const far = answer?.ok ? await answer.json() : null;
    if (far && !far.running) return location.reload();
    setTimeout(look, 1500);
  };
  setTimeout(look, 1000);
}
