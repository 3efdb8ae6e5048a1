// @ts-check
// The live board: hears that something happened, fetches the parts that changed, says who needs somebody.
const GAP = 700, POLL = 5_000, CLOCK = 20_000, ALOUD = 12_000, RETRY = 15_000;

class LiveBoard extends HTMLElement {
  #stream = /** @type {EventSource | null} */ (null);
  #busy = false; #again = false; #last = 0; #timer = 0; #state = "still"; #spoken = 0;
  #known = new Set();

  connectedCallback() {
    this.#known = new Set(this.#needs().map(need => need.dataset.key));
    document.getElementById("act")?.addEventListener("submit", event => this.#act(/** @type {SubmitEvent} */ (event)));
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.#soon(0); });
    this.#listen();
    setInterval(() => { if (!document.hidden && (this.#state !== "live" || Date.now() - this.#last > CLOCK)) this.#soon(0); }, POLL);
    this.#today();
  }

  #needs() { return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-part=needs] li")]); }

  #listen() {
    this.#stream?.close();
    const stream = this.#stream = new EventSource(this.dataset.stream ?? "");
    stream.onopen = () => { this.#show("live"); this.#soon(0); };
    stream.onerror = () => {
      this.#show("again");
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => this.#listen(), RETRY);
    };
    for (const kind of ["learner", "help"]) stream.addEventListener(kind, () => this.#soon());
  }

  /** Say honestly how fresh the board is. @param {string} state */
  #show(state) {
    const line = /** @type {HTMLElement} */ (this.querySelector(".live"));
    if (state === this.#state) return;
    this.#state = line.dataset.state = state;
    const words = line.querySelector("span");
    if (words) words.textContent = line.dataset[state] ?? "";
  }

  /** Fetch now, or as soon as the last fetch is GAP old: a busy class costs one fetch at a time. */
  #soon(wait = Math.max(0, GAP - (Date.now() - this.#last))) {
    if (this.#busy) { this.#again = true; return; }
    if (this.#timer) return;
    this.#timer = setTimeout(() => { this.#timer = 0; void this.#fetch(); }, wait);
  }

  async #fetch() {
    this.#busy = true; this.#last = Date.now();
    try {
      const have = new URLSearchParams();
      this.querySelectorAll("[data-part]").forEach(part => {
        const { part: name = "", version = "" } = /** @type {HTMLElement} */ (part).dataset;
        have.set(name, version);
      });
      const response = await fetch(`${this.dataset.now}?${have}`, { headers: { Accept: "application/json" }, redirect: "manual" });
      if (response.type === "opaqueredirect" || response.status === 404) { this.#stream?.close(); this.#show("ended"); return; }
      if (!response.ok) throw new Error(String(response.status));
      const { parts } = await response.json();
      for (const [name, part] of Object.entries(parts)) this.#swap(name, part.html, part.version);
      if (this.#state === "lost") this.#show(this.#stream?.readyState === EventSource.OPEN ? "live" : "again");
      if (parts.needs) this.#speak();
    } catch { this.#show("lost"); } finally {
      this.#busy = false;
      if (this.#again) { this.#again = false; this.#soon(); }
    }
  }

  /** Replace one part; whoever has the focus in it keeps it. @param {string} name @param {string} html @param {string} version */
  #swap(name, html, version) {
    const part = /** @type {HTMLElement | null} */ (this.querySelector(`[data-part=${name}]`));
    if (!part) return;
    const held = part.contains(document.activeElement) ? document.activeElement : null;
    const mark = held?.id ? `#${CSS.escape(held.id)}` : held?.getAttribute("href") ? `[href="${held.getAttribute("href")}"]` : "";
    part.innerHTML = html; part.dataset.version = version;
    if (held) {
      const same = /** @type {HTMLElement | null} */ (mark ? part.querySelector(mark) : null);
      const next = same ?? /** @type {HTMLElement | null} */ (part.querySelector("button, a"));
      if (next) next.focus(); else { part.tabIndex = -1; part.focus(); }
    }
  }

  /** Announce who is new among those that are stuck or waiting, one sentence, not more often than ALOUD. */
  #speak() {
    const needs = this.#needs(), fresh = needs.find(need => need.dataset.aloud && !this.#known.has(need.dataset.key));
    const line = /** @type {HTMLElement | null} */ (this.querySelector("[data-aloud][role=status]"));
    if (fresh && line && Date.now() - this.#spoken > ALOUD) {
      this.#spoken = Date.now();
      line.textContent = (line.dataset.aloud ?? "{who}").replace("{who}", fresh.dataset.aloud ?? "");
      this.#known.add(fresh.dataset.key);
    }
    const now = new Set(needs.map(need => need.dataset.key));
    this.#known.forEach(key => { if (!now.has(key)) this.#known.delete(key); });
  }

  /** @param {SubmitEvent} event */
  async #act(event) {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter), form = /** @type {HTMLFormElement} */ (event.target);
    if (!button) return;
    if (button.getAttribute("aria-disabled")) { event.preventDefault(); return; }
    event.preventDefault();
    button.setAttribute("aria-disabled", "true");
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form, button), headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      const line = this.querySelector("[data-aloud][role=status]");
      if (line) line.textContent = (await response.json()).said;
      this.#last = 0; this.#soon(0);
    } catch { button.removeAttribute("aria-disabled"); this.#show("lost"); }
  }

  /** On a narrow screen start the table at today's step, where the teacher looks first. */
  #today() {
    const wrap = this.querySelector(".heatwrap"), today = /** @type {HTMLElement | null} */ (this.querySelector("th.today"));
    const names = /** @type {HTMLElement | null} */ (this.querySelector("tbody th[scope=row]"));
    if (wrap && today && names && wrap.scrollWidth > wrap.clientWidth) wrap.scrollLeft = today.offsetLeft - names.offsetWidth - today.offsetWidth;
  }
}
customElements.define("live-board", LiveBoard);
