/**
 * <lesson-board>: slides of a lesson without a reload, by keyboard, remote control and touch.
 *
 * Around working links: each slide has an address of its own. The board and the teacher's
 * notes are two pages with this element; in one browser they tell each other which slide is
 * on, and nothing else. Nothing is kept.
 *
 * Attributes: data-role ("board" or "notes"), data-base (address of the lesson's board),
 * data-leave (where Escape goes), data-text-offline.
 * Parts: .board__view (what is replaced; data-number, data-count), [data-go] (links to a
 * slide), .board__more, [data-act="full"], .board__status.
 */
const SMALLEST = 0.6;
const SWIPE_IN_PIXELS = 60;
const BUSY_WITH_KEYS = "input, select, textarea, video, audio, [tabindex='0']";
const PRESSED_WITH_SPACE = `${BUSY_WITH_KEYS}, summary, button, a`;

class LessonBoard extends HTMLElement {
  #abort = null;
  #channel = null;
  #touch = null;
  #events = [
    [document, "keydown"],
    [window, "popstate"],
    [window, "resize"],
    [this, "click"],
    [this, "toggle"],
    [this, "pointerdown"],
    [this, "pointerup"],
  ];

  connectedCallback() {
    for (const [target, name] of this.#events) target.addEventListener(name, this, true);
    if ("BroadcastChannel" in window) {
      this.#channel = new BroadcastChannel("doorzien-board");
      this.#channel.onmessage = ({ data }) => {
        if (data?.base !== this.dataset.base || data.number === this.#number) return;
        this.#go(data.number, { from: "other" });
      };
    }
    this.#wanted = this.#number;
    this.#settle();
    if (this.#isBoard) {
      this.#tell();
      document.fonts?.ready.then(() => this.#fit());
    }
  }

  disconnectedCallback() {
    for (const [target, name] of this.#events) target.removeEventListener(name, this, true);
    this.#channel?.close();
    this.#abort?.abort();
  }

  #wanted = 1;

  get #isBoard() {
    return this.dataset.role === "board";
  }

  get #view() {
    return this.querySelector(".board__view");
  }

  get #number() {
    return Number(this.#view.dataset.number);
  }

  get #count() {
    return Number(this.#view.dataset.count);
  }

  handleEvent(event) {
    if (event.type === "keydown") this.#onKey(event);
    else if (event.type === "click") this.#onClick(event);
    else if (event.type === "popstate") this.#onHistory();
    else if (event.type === "pointerdown") this.#touch = event.pointerType === "touch" ? event : null;
    else if (event.type === "pointerup") this.#onSwipe(event);
    else if (event.type === "resize") this.#fit();
    else if (event.target.matches?.("details")) this.#fit();
  }

  #address(number) {
    return `${this.dataset.base}${number}/${this.#isBoard ? "" : "notities/"}${location.search}`;
  }

  #onHistory() {
    const found = location.pathname.slice(this.dataset.base.length).match(/^(\d+)\//);
    if (found) this.#go(Number(found[1]), { from: "history" });
  }

  #onClick(event) {
    const target = event.target.closest("[data-go], [data-act='full']");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (target.dataset.act) this.#toggleFullScreen();
    else this.#go(Number(target.dataset.go));
  }

  #onSwipe(event) {
    const start = this.#touch;
    this.#touch = null;
    if (!start || event.pointerType !== "touch" || !this.#isBoard) return;
    const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY];
    if (Math.abs(x) < SWIPE_IN_PIXELS || Math.abs(x) < 2 * Math.abs(y)) return;
    this.#move(x < 0 === this.#isLeftToRight ? 1 : -1);
  }

  get #isLeftToRight() {
    return getComputedStyle(this).direction === "ltr";
  }

  #onKey(event) {
    if (!this.#isBoard || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const act = this.#actOf(event);
    if (!act) return;
    event.preventDefault();
    act();
  }

  #actOf(event) {
    const target = event.target;
    const isIn = (selector) => target.closest?.(selector);
    const isHere = target === document.body || this.contains(target);
    const ahead = this.#isLeftToRight ? 1 : -1;
    switch (event.key) {
      case "ArrowRight":
      case "ArrowLeft":
        return !isIn(BUSY_WITH_KEYS) && (() => this.#move(event.key === "ArrowRight" ? ahead : -ahead));
      case "PageDown":
        return () => this.#read(1);
      case "PageUp":
        return () => this.#read(-1);
      case " ":
        return !isIn(PRESSED_WITH_SPACE) && (() => this.#read(event.shiftKey ? -1 : 1));
      case "Home":
        return !isIn(BUSY_WITH_KEYS) && (() => this.#go(1));
      case "End":
        return !isIn(BUSY_WITH_KEYS) && (() => this.#go(this.#count));
      case "Escape":
        return () => this.#leave();
      // One letter only where somebody is on the board itself.
      case "f":
      case "F":
        return isHere && !isIn(BUSY_WITH_KEYS) && (() => this.#toggleFullScreen());
      case "?":
        return isHere && !isIn(BUSY_WITH_KEYS) && (() => this.#toggleHelp());
      default:
        return null;
    }
  }

  /** What stands below the edge is shown first: nothing is skipped by a remote control. */
  #read(way) {
    const page = document.documentElement;
    const left = way > 0 ? page.scrollHeight - page.clientHeight - page.scrollTop : page.scrollTop;
    if (left > 8) window.scrollBy({ top: way * page.clientHeight * 0.7 });
    else this.#move(way);
  }

  #move(way) {
    this.#go(this.#wanted + way);
  }

  #leave() {
    const help = this.querySelector(".board__more");
    if (help?.open) {
      help.open = false;
      help.querySelector("summary").focus();
    } else if (document.fullscreenElement) document.exitFullscreen();
    else location.assign(this.dataset.leave);
  }

  #toggleHelp() {
    const help = this.querySelector(".board__more");
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
  }

  #toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  /** Shows a slide. ``from``: "here", the "other" window, or the browser's "history". */
  async #go(number, { from = "here" } = {}) {
    if (!(number >= 1 && number <= this.#count)) return;
    this.#wanted = number;
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    const address = this.#address(number);
    try {
      const response = await fetch(address, { credentials: "same-origin", signal: abort.signal });
      const text = await response.text();
      const page = new DOMParser().parseFromString(text, "text/html");
      const view = page.querySelector("lesson-board .board__view");
      // Signed out, or the lesson is gone: the page itself says so.
      if (!response.ok || response.redirected || !view) {
        location.assign(address);
        return;
      }
      if (this.#abort !== abort) return;
      if (from !== "history") history[from === "here" ? "pushState" : "replaceState"](null, "", address);
      document.title = page.title;
      this.#say("");
      this.#view.replaceWith(document.adoptNode(view));
      this.#settle();
      if (from !== "other") this.#tell();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#wanted = this.#number;
      this.#say(this.dataset.textOffline);
    }
  }

  #settle() {
    const button = this.querySelector('[data-act="full"]');
    if (button) button.hidden = !document.fullscreenEnabled;
    this.#fit();
    this.dispatchEvent(new CustomEvent("doorzien:slide"));
    if (!this.#isBoard) return;
    window.scrollTo(0, 0);
    this.querySelector(".board__slide").focus({ preventScroll: true });
  }

  #tell() {
    this.#channel?.postMessage({ base: this.dataset.base, number: this.#number });
  }

  #say(words = "") {
    this.querySelector(".board__status").textContent = words;
  }

  #fit() {
    if (!this.#isBoard) return;
    const page = document.documentElement;
    for (let scale = 1; scale >= SMALLEST; scale -= 0.05) {
      page.style.setProperty("--board-scale", scale.toFixed(2));
      if (page.scrollHeight <= page.clientHeight) return;
    }
  }
}

customElements.define("lesson-board", LessonBoard);
