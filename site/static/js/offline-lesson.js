/**
 * <offline-lesson>: this lesson also works without internet.
 *
 * On a page from the server it makes the copy, starts the script that shows it (offline-worker.js)
 * and only then says so. On a page from the device ([data-is-copy]) it keeps what is finished. On
 * both it sends what waits. Without a script, or where the browser keeps nothing, nothing is said,
 * and the form of a step is sent as ever.
 *
 * Attributes: data-lesson, data-steps, data-return-url; data-text-one, -many, -saved, -not-yours,
 * -return; on a page from the server also data-copy-url, data-worker-url, data-version,
 * data-learner-tag.
 */
import { keepLesson } from "./lesson-copy.js";
import { StepQueue } from "./step-queue.js";

const LONGEST_PAUSE_IN_S = 30;

class OfflineLesson extends HTMLElement {
  #queue = null;
  #leaving = null;
  #isReady = false;
  #isBusy = false;
  #pause = 0;
  #timer = 0;

  connectedCallback() {
    this.#queue = new StepQueue();
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    document.addEventListener("doorzien:exit", () => this.#leaving.abort(), { signal });
    document.addEventListener("submit", (event) => this.#finish(event), { signal });
    window.addEventListener("online", () => this.#sendNow(), { signal });
    // Another tab has left the site and wiped everything.
    window.addEventListener("storage", ({ key }) => key === null && this.#leaving.abort(), { signal });
    if (this.#isCopy) this.#isReady = this.#queue.isAvailable;
    else this.#queue.reader = this.dataset.learnerTag;
    this.#begin();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#leaving.abort();
  }

  get #isCopy() {
    return this.hasAttribute("data-is-copy");
  }

  get #isGone() {
    return this.#leaving.signal.aborted;
  }

  async #begin() {
    await this.#queue.restore();
    this.#send();
    if (this.#isCopy) return;
    // First what the learner came for.
    if (document.readyState !== "complete") {
      await new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
    }
    await this.#keep();
  }

  /* The copy -------------------------------------------------------------------- */

  async #keep() {
    const { lesson, version, copyUrl: url, workerUrl } = this.dataset;
    // Not on plain http; not where the browser may keep nothing, or is asked to save data.
    if (!navigator.serviceWorker || !window.caches || navigator.connection?.saveData) return;
    if (!this.#queue.isAvailable || this.#isGone) return;
    const { signal } = this.#leaving;
    try {
      const { hasAllPictures } = await keepLesson({ lesson, version, url, signal });
      const registered = await navigator.serviceWorker.register(workerUrl);
      if (this.#isGone) {
        await registered.unregister();
        return;
      }
      await navigator.serviceWorker.ready;
      if (this.#isGone) return;
      this.#isReady = true;
      const some = this.querySelector("[data-some]");
      if (some) some.hidden = hasAllPictures;
      this.querySelector(".offline-lesson__ready").hidden = false;
      this.dataset.state = "ready";
    } catch {
      // No room, or the network went: then this lesson needs internet, as it did.
      this.dataset.state = "refused";
    }
  }

  /* Going on -------------------------------------------------------------------- */

  async #finish(event) {
    const form = event.target.closest("form.lesson__nav");
    if (!form || !this.#isReady || !this.#queue.reader) return;
    event.preventDefault();
    if (this.#isBusy) return;
    this.#isBusy = true;
    const entry = await this.#queue.add(form.action);
    const outcome = await this.#queue.send(entry, () => this.#isGone);
    if (this.#isGone) return;
    this.#isBusy = false;
    if (outcome === "stored" || outcome === "offline" || this.#isCopy) {
      this.#goTo(this.#following(form), outcome === "stored");
      return;
    }
    // The server is there and says no: let it say so itself.
    await this.#queue.remove(entry);
    form.submit();
  }

  #following(form) {
    const { lesson, steps } = this.dataset;
    const number = Number(/(\d+)\/klaar\/$/.exec(new URL(form.action).pathname)?.[1]) + 1;
    if (number > Number(steps)) return `${lesson}einde/`;
    const isWhole = form.elements.namedItem("weergave")?.value === "heel";
    return isWhole ? `${lesson}heel/#stap-${number}` : `${lesson}${number}/`;
  }

  #goTo(address, isSaved) {
    const target = new URL(address, location.href);
    location.assign(target);
    if (target.pathname !== location.pathname) return;
    if (isSaved) location.reload();
    else this.#tell("offline");
  }

  /* What waits ------------------------------------------------------------------ */

  #sendNow() {
    this.#pause = 0;
    this.#send();
  }

  async #send() {
    clearTimeout(this.#timer);
    if (this.#isGone || this.#queue.waiting().length === 0) return;
    const outcome = await this.#queue.sendAll(() => this.#isGone);
    if (this.#isGone) return;
    this.#tell(outcome);
    if (this.#queue.waiting().length === 0 || outcome === "not-yours") return;
    this.#pause = Math.min(LONGEST_PAUSE_IN_S, this.#pause * 2 || 1);
    this.#timer = setTimeout(() => this.#send(), this.#pause * 1000);
  }

  #tell(outcome) {
    const { textOne, textMany, textSaved, textNotYours } = this.dataset;
    const count = this.#queue.waiting().length;
    let text = count === 1 ? textOne : textMany.replace("{count}", count);
    if (count === 0) text = textSaved;
    else if (outcome === "not-yours") text = textNotYours;
    const status = this.querySelector('[role="status"]');
    status.dataset.state = count === 0 ? "saved" : "waiting";
    if (status.textContent.startsWith(text)) return;
    status.textContent = text;
    if (text !== textNotYours) return;
    const link = document.createElement("a");
    link.href = this.dataset.returnUrl;
    link.textContent = this.dataset.textReturn;
    status.append(" ", link);
  }
}

customElements.define("offline-lesson", OfflineLesson);
