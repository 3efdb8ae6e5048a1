// @ts-check
// A refit under way: the bar moves by itself, and the page shows the result when it is there.
const panel = /** @type {HTMLElement | null} */ (document.querySelector("[data-refit]"));
const bar = panel?.querySelector("progress");
if (panel && bar) {
  const look = async () => {
    const answer = await fetch(panel.dataset.refit ?? "").catch(() => null);
    const far = answer?.ok ? await answer.json() : null;
    if (far && !far.running) return location.reload();
    if (far) bar.value = far.step;
    setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
}
