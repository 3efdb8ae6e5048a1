// @ts-check
// What a pilot can find, worked out again whenever the form changes. Without this script it is there after saving.
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-promise]"));
const panel = document.querySelector("[data-promised]");
let timer = 0, asked = 0;
const ask = async () => {
  if (!form || !panel) return;
  const mine = ++asked;
  const answer = await fetch(form.dataset.promise ?? "", { method: "POST", body: new FormData(form), credentials: "same-origin" }).catch(() => null);
  if (answer?.ok && mine === asked) panel.innerHTML = await answer.text();
};
form?.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(ask, 250); });
