/**
 * <spot-moments>: a recording in which somebody says "now", or chooses lines of its text.
 *
 * Wraps a player and a list of lines. In a question it adds a big button (and the key S
 * while the focus is inside); each press becomes a checked box with the moment as its value,
 * beside the boxes of the lines, and can be taken back (.spot-moments__sent: one that was sent
 * before). Nothing pauses the player but the
 * sending of the answer. Afterwards, in the explanation, it adds buttons that play from a
 * line. In both the line that is heard now is shown.
 *
 * Attributes, in a question: data-tenths (how long it takes), data-hint, data-press, data-key,
 * data-own, data-undo, data-noted, data-removed, data-first, data-full, data-broken.
 * In an explanation: data-jump.
 * Parts: .recording__player, .transcript__line[data-start].
 */
const MOST = 60; // quizzes/moments.py
const ONE_PRESS = 5; // tenths of a second within which a second press is the same one

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function clock(tenths) {
  const seconds = Math.floor(tenths / 10);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

class SpotMoments extends HTMLElement {
  #player = null;
  #form = null;
  #list = null;
  #status = null;
  #box = null;
  #lines = [];

  connectedCallback() {
    for (const name of ["click", "keydown"]) this.addEventListener(name, this);
    // These do not bubble.
    for (const name of ["timeupdate", "loadedmetadata", "error"]) {
      this.addEventListener(name, this, true);
    }
    // The script may be there before the parser has reached the lines.
    if (document.readyState !== "loading") this.#begin();
    else document.addEventListener("DOMContentLoaded", () => this.#begin(), { once: true });
  }

  disconnectedCallback() {
    this.#form?.removeEventListener("doorzien:restored", this);
  }

  handleEvent(event) {
    switch (event.type) {
      case "click":
        this.#click(event.target.closest("button"));
        break;
      case "keydown":
        this.#key(event);
        break;
      case "timeupdate":
        this.#follow();
        break;
      case "loadedmetadata":
        this.#showBroken(false);
        break;
      case "error": // without captions it plays all the same
        if (event.target.localName !== "track") this.#showBroken(true);
        break;
      default: // doorzien:restored
        this.#restore();
    }
  }

  #begin() {
    if (!this.isConnected || this.hasAttribute("data-enhanced")) return;
    this.dataset.enhanced = "";
    this.#player = this.querySelector(".recording__player");
    this.#lines = [...this.querySelectorAll(".transcript__line")];
    if (this.dataset.jump && this.#player) this.#addJumps();
    if (!this.dataset.press) return;
    this.#form = this.closest("form");
    this.#form?.addEventListener("doorzien:restored", this);
    if (this.#player) this.#addButton();
    this.#takeOver();
    this.#restore();
    // It may have failed before we were there to hear it. A player that has just come into
    // the page has no source either, for a moment.
    setTimeout(() => {
      const failed = this.#player?.networkState === HTMLMediaElement.NETWORK_NO_SOURCE;
      if (failed && this.isConnected) this.#showBroken(true);
    }, 1000);
  }

  #addButton() {
    const hint = this.closest("fieldset")?.querySelector(".quiz-question__hint");
    if (hint && this.dataset.hint) hint.textContent = this.dataset.hint;
    this.#box = element("div", "spot-moments__press");
    const button = element("button", "button spot-moments__button", this.dataset.press);
    button.type = "button";
    button.dataset.size = "l";
    button.setAttribute("aria-keyshortcuts", "s");
    this.#status = element("p", "spot-moments__status");
    this.#status.setAttribute("role", "status");
    const own = element("div", "spot-moments__own");
    own.hidden = true;
    this.#list = element("ul", "spot-moments__list");
    this.#list.setAttribute("role", "list");
    own.append(element("p", "spot-moments__title", this.dataset.own), this.#list);
    this.#box.append(button, element("p", "spot-moments__key", this.dataset.key), this.#status, own);
    this.querySelector(".recording").after(this.#box);
  }

  get #isClosed() {
    return Boolean(this.closest("fieldset")?.disabled) || this.#form?.dataset.state === "answered";
  }

  get #moments() {
    return this.#list ? [...this.#list.children].map((item) => Number(item.dataset.moment)) : [];
  }

  /* Pressing ------------------------------------------------------------------ */

  #click(button) {
    if (!button || !this.contains(button)) return;
    if (button.matches(".spot-moments__button")) this.#press();
    else if (button.matches(".spot-moments__undo")) this.#undo(button.closest("li"));
    else if (button.matches(".transcript__jump")) this.#jump(Number(button.dataset.start));
  }

  /** Only while the focus is in here, so that no reader of a screen loses a key of theirs. */
  #key(event) {
    if (event.key.toLowerCase() !== "s" || event.repeat || !this.#list) return;
    if (event.ctrlKey || event.metaKey || event.altKey || this.#isClosed) return;
    event.preventDefault();
    this.#press();
  }

  #press() {
    if (this.#isClosed) return;
    const now = Math.floor(this.#player.currentTime * 10);
    if (now === 0 && this.#player.paused) return this.#say(this.dataset.first);
    const moment = Math.min(now, Number(this.dataset.tenths));
    const last = this.#moments.some((other) => Math.abs(other - moment) < ONE_PRESS);
    if (last) return;
    if (this.#moments.length >= MOST) return this.#say(this.dataset.full);
    this.#add(moment);
    this.#say(this.dataset.noted, moment);
    this.querySelector(".spot-moments__button").dataset.pressed = "";
    setTimeout(() => {
      delete this.querySelector(".spot-moments__button")?.dataset.pressed;
    }, 300);
  }

  #add(moment) {
    if (this.#moments.includes(moment)) return;
    const item = element("li", "spot-moments__moment");
    item.dataset.moment = moment;
    const box = element("input", "");
    Object.assign(box, { type: "checkbox", name: "choice", value: String(moment), hidden: true });
    box.checked = true;
    const undo = element("button", "spot-moments__undo", "×");
    undo.type = "button";
    undo.setAttribute("aria-label", this.dataset.undo.replace("{time}", clock(moment)));
    item.append(box, element("span", "spot-moments__time", clock(moment)), undo);
    const later = [...this.#list.children].find((other) => Number(other.dataset.moment) > moment);
    this.#list.insertBefore(item, later ?? null);
    this.#list.parentElement.hidden = false;
  }

  #undo(item) {
    const moment = Number(item.dataset.moment);
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    this.#list.parentElement.hidden = this.#list.children.length === 0;
    this.#say(this.dataset.removed, moment);
    (next?.querySelector("button") ?? this.querySelector(".spot-moments__button")).focus();
  }

  #say(text, moment = 0) {
    this.#status.textContent = text.replace("{time}", clock(moment));
  }

  /** Moments that were sent before stand in the page as boxes; here they can be taken back. */
  #takeOver() {
    if (!this.#list) return;
    for (const sent of this.querySelectorAll(".spot-moments__sent")) {
      const box = sent.querySelector("input");
      if (box.checked) this.#add(Number(box.value));
      sent.remove();
    }
  }

  /** The queue has put an answer back: what is no line of the text was a press. */
  #restore() {
    if (!this.#list || !this.#form?.givenChoice) return;
    if (this.#form.dataset.state !== "open") this.#player?.pause();
    const lines = new Set([...this.querySelectorAll(".choice__input")].map(({ value }) => value));
    this.#list.replaceChildren();
    for (const key of this.#form.givenChoice) {
      if (key && !lines.has(key)) this.#add(Number(key));
    }
    this.#list.parentElement.hidden = this.#list.children.length === 0;
  }

  /* The player ---------------------------------------------------------------- */

  #follow() {
    const now = this.#player.currentTime * 10;
    const begun = this.#lines.filter((line) => now > 0 && Number(line.dataset.start) <= now);
    const heard = begun[begun.length - 1];
    for (const line of this.#lines) line.toggleAttribute("data-now", line === heard);
  }

  #addJumps() {
    for (const line of this.#lines.filter((one) => one.hasAttribute("data-noted"))) {
      const start = Number(line.dataset.start);
      const text = this.dataset.jump.replace("{time}", clock(start));
      const button = element("button", "transcript__jump", text);
      button.type = "button";
      button.dataset.start = start;
      line.append(button);
    }
  }

  #jump(start) {
    this.#player.currentTime = start / 10;
    this.#player.play().catch(() => {}); // the player itself says what is wrong
    this.#player.scrollIntoView({ block: "nearest" });
  }

  #showBroken(isBroken) {
    if (!this.dataset.broken || !this.#box) return;
    this.#box.hidden = isBroken;
    const told = this.querySelector(".spot-moments__broken");
    if (!isBroken) told?.remove();
    if (!isBroken || told) return;
    const text = element("p", "spot-moments__broken", this.dataset.broken);
    text.setAttribute("role", "status");
    this.querySelector(".recording").after(text);
  }
}

customElements.define("spot-moments", SpotMoments);
