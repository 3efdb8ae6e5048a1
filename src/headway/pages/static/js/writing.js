// @ts-check
// Writing a question: its preview keeps up with what is typed; trying an answer and other numbers change only the preview.
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-writing]"));
const shown = document.getElementById("shown");
if (form && shown) {
  let waiting = 0, asked = 0;
  const refresh = async (/** @type {string} */ what) => {
    const mine = ++asked, body = new FormData(form);
    body.set("what", what);
    const answer = await fetch(form.dataset.writing ?? "", { method: "POST", body }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    shown.innerHTML = await answer.text();
    if (what !== "look") /** @type {HTMLElement | null} */ (shown.querySelector(`button[value=${what}]`))?.focus();
  };
  form.addEventListener("input", e => {
    if (shown.contains(/** @type {Node} */ (e.target))) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => refresh("look"), 400);
  });
  form.addEventListener("submit", e => {
    const what = /** @type {HTMLButtonElement | null} */ (e.submitter)?.value ?? "";
    if (what !== "try" && what !== "other") return;
    e.preventDefault();
    refresh(what);
  });
  shown.addEventListener("keydown", e => {
    if (e.key !== "Enter" || /** @type {Element} */ (e.target).tagName !== "INPUT") return;
    e.preventDefault();
    refresh("try");
  });
}
