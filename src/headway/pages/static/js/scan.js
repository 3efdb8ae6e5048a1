// @ts-check
// Reads a card with the camera where the browser knows how (Chromebooks, Android): the address then never is in the history.
const form = /** @type {HTMLFormElement|null} */ (document.getElementById("scanner"));
const Reader = /** @type {any} */ (globalThis).BarcodeDetector;
if (form && Reader && navigator.mediaDevices) {
  const video = /** @type {HTMLVideoElement} */ (form.querySelector("video")), says = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const token = /** @type {HTMLInputElement} */ (form.elements.namedItem("token")), begin = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  const reader = new Reader({ formats: ["qr_code"] });
  const look = async () => {
    const [found] = await reader.detect(video).catch(() => []);
    if (!found?.rawValue.includes("/sign-in/card/")) return void setTimeout(look, 250);
    for (const track of /** @type {MediaStream} */ (video.srcObject).getTracks()) track.stop();
    token.value = found.rawValue;
    form.submit();
  };
  begin.onclick = async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" } });
    } catch { says.textContent = form.dataset.none ?? ""; return; }
    begin.hidden = true;
    video.hidden = false;
    says.textContent = form.dataset.look ?? "";
    await video.play();
    void look();
  };
  form.hidden = false;
}
