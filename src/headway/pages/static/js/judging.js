// @ts-check
// Judging by arrow keys, which text shows on a phone, precision that keeps itself up to date, a text that outlives a closed page.
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-judging]"));
if (form) {
  let sent = false;
  form.addEventListener("submit", e => { if (sent) e.preventDefault(); sent = true; });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("keydown", e => {
    const writing = /** @type {Element} */ (e.target).closest?.("textarea,input,select,summary,dialog");
    const side = { ArrowLeft: "left", ArrowRight: "right" }[e.key];
    if (!side || writing || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey || e.repeat) return;
    e.preventDefault();
    /** @type {HTMLButtonElement | null} */ (form.querySelector(`button[value=${side}]`))?.click();
  });
  const links = [...form.querySelectorAll(".jump a")];
  const seen = new IntersectionObserver(entries => entries.filter(x => x.isIntersecting).forEach(x =>
    links.forEach(link => link.getAttribute("href") === `#${x.target.id}` ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"))),
    { root: form.querySelector(".pair"), threshold: 0.6 });
  form.querySelectorAll(".pair article").forEach(article => seen.observe(article));
  links.forEach(link => link.addEventListener("click", e => {
    e.preventDefault();
    document.querySelector(link.getAttribute("href") ?? "")?.scrollIntoView({ block: "nearest", inline: "center" });
  }));
}
const live = document.querySelector("[data-live]");
if (live) setInterval(async () => {
  if (document.hidden || live.contains(document.activeElement)) return;
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
  if (!fresh) location.reload();
  else if (fresh.querySelector(".precision")?.innerHTML !== live.querySelector(".precision")?.innerHTML) live.replaceChildren(...fresh.childNodes);
}, 15000);
const area = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("textarea[data-keep]"));
if (area) {
  const key = `writing:${document.body.dataset.person}:${area.dataset.keep}`;
  const kept = localStorage.getItem(key);
  if (kept?.trim() === area.value.trim()) localStorage.removeItem(key);
  else if (kept && kept.length > area.value.length) area.value = kept;
  area.addEventListener("input", () => localStorage.setItem(key, area.value));
}

// A phone's photo of 12 MB is made as small as a reader needs before it leaves; what stays too large is said at once.
const PLENTY = 2400, LIGHT = 1_500_000;
const file = /** @type {HTMLInputElement | null} */ (document.querySelector("input[type=file][data-most]"));
file?.addEventListener("change", async () => {
  const chosen = file.files?.[0];
  file.setCustomValidity("");
  if (!chosen) return;
  const small = chosen.type.startsWith("image/") && chosen.size > LIGHT ? await smaller(chosen).catch(() => null) : null;
  if (small && small.size < chosen.size && file.files?.[0] === chosen) {
    const one = new DataTransfer();
    one.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
    file.files = one.files;
  }
  if ((file.files?.[0]?.size ?? 0) > Number(file.dataset.most)) {
    file.setCustomValidity(file.dataset.large ?? "");
    file.reportValidity();
  }
});
/** @param {File} photo @returns {Promise<Blob | null>} */
async function smaller(photo) {
  const picture = await createImageBitmap(photo, { imageOrientation: "from-image" });
  const share = Math.min(PLENTY / Math.max(picture.width, picture.height), 1);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * share);
  canvas.height = Math.round(picture.height * share);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise(done => { canvas.toBlob(done, "image/jpeg", 0.85); });
}
