// @ts-check
// Scoring by keys: a number chooses the step of the line that has the focus (the first one without a step otherwise) and goes on.
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-scoring]"));
if (form) {
  let sent = false;
  form.addEventListener("submit", e => { if (sent) e.preventDefault(); sent = true; });
  addEventListener("pageshow", () => { sent = false; });
  const lines = [...form.querySelectorAll("fieldset.criterion")];
  const steps = (/** @type {Element} */ line) => /** @type {HTMLInputElement[]} */ ([...line.querySelectorAll("input")]);
  addEventListener("keydown", e => {
    const target = /** @type {Element} */ (e.target);
    if (e.altKey || e.ctrlKey || e.metaKey || e.repeat || target.closest("textarea,select,dialog,input[type=text]")) return;
    if (!/^[1-9]$/.test(e.key)) return;
    const line = target.closest("fieldset.criterion") ?? lines.find(each => !steps(each).some(step => step.checked)) ?? lines[0];
    const step = line && steps(line)[Number(e.key) - 1];
    if (!step) return;
    e.preventDefault();
    step.checked = true;
    const following = lines[lines.indexOf(line) + 1];
    const goal = following ? steps(following).find(each => each.checked) ?? steps(following)[0] : /** @type {HTMLElement | null} */ (form.querySelector("#words"));
    goal?.focus();
  });
}
