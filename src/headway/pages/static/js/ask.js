// @ts-check
// A link with data-asks opens its question in a dialog; without this script the link's own address shows the same question.
addEventListener("click", event => {
  const link = /** @type {Element} */ (event.target).closest("a[data-asks]");
  const dialog = link && document.getElementById(/** @type {HTMLElement} */ (link).dataset.asks ?? "");
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  dialog.showModal();
});
