/**
 * <exit-button>: leave this site at once.
 *
 * Wraps a working form. With a script the page is empty before anything else
 * happens; what this browser keeps of us is wiped; the visit is replaced and not
 * added to, so that Back does not come here again. What stays: the earlier pages in
 * the browser's history. No script can erase those, and the footer says so.
 *
 * Three presses of Shift do the same. Each press starts the 5 seconds again, as
 * in GOV.UK's "Exit this page", from which the keyboard part is taken.
 *
 * Attributes: data-exit-url, data-text-twice, data-text-once, data-text-expired.
 */
const PRESSES_TO_LEAVE = 3;
const PATIENCE_IN_MS = 5000;
const NEUTRAL_TITLE = "…";

let isLeaving = false;

/** Nothing left to see, also in the list of open apps and on paper. */
function blankPage() {
  document.documentElement.hidden = true;
  document.title = NEUTRAL_TITLE;
  document.body.replaceChildren();
}

/** Each store by itself: one that the browser refuses must not save the others. */
function wipeBrowserStorage() {
  for (const wipe of [
    () => localStorage.clear(),
    () => sessionStorage.clear(),
    () => void indexedDB.deleteDatabase("doorzien"),
    () => void indexedDB.deleteDatabase("doorzien-steps"),
    () => caches.keys().then((names) => names.forEach((name) => caches.delete(name))),
    () =>
      navigator.serviceWorker
        .getRegistrations()
        .then((workers) => workers.forEach((worker) => worker.unregister())),
  ]) {
    try {
      wipe()?.catch?.(() => {});
    } catch {
      // The browser has no such store, or does not let us in.
    }
  }
}

class ExitButton extends HTMLElement {
  #presses = 0;
  #timer = 0;
  #isShiftForCapital = false;

  connectedCallback() {
    this.addEventListener("submit", this);
    document.addEventListener("keydown", this);
    document.addEventListener("keyup", this);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.removeEventListener("submit", this);
    document.removeEventListener("keydown", this);
    document.removeEventListener("keyup", this);
  }

  handleEvent(event) {
    if (event.type === "submit") this.#leave(event);
    else if (event.type === "keyup") this.#countPress(event);
    else if (event.key !== "Shift") {
      // Someone who types, or holds Shift for a capital, is not leaving.
      this.#isShiftForCapital = event.shiftKey;
      if (this.#presses > 0) this.#forget("");
    }
  }

  #leave(event) {
    const form = this.querySelector("form");
    const action = form.action;
    const exitUrl = this.dataset.exitUrl;
    isLeaving = true;
    document.dispatchEvent(new CustomEvent("doorzien:exit"));
    if (!exitUrl) {
      // The server knows where to; the form brings us there.
      wipeBrowserStorage();
      document.documentElement.hidden = true;
      document.title = NEUTRAL_TITLE;
      if (!event) form.submit();
      return;
    }
    event?.preventDefault();
    blankPage();
    wipeBrowserStorage();
    fetch(action, {
      method: "POST",
      keepalive: true,
      credentials: "same-origin",
      headers: { "X-Requested-With": "exit" },
    }).catch(() => {});
    location.replace(exitUrl);
  }

  #countPress(event) {
    if (event.key !== "Shift" || isLeaving) return;
    if (this.#isShiftForCapital) {
      this.#isShiftForCapital = false;
      return;
    }
    this.#presses += 1;
    clearTimeout(this.#timer);
    if (this.#presses >= PRESSES_TO_LEAVE) {
      this.#leave();
      return;
    }
    this.#say(this.#presses === 1 ? this.dataset.textTwice : this.dataset.textOnce);
    this.#timer = setTimeout(() => this.#forget(this.dataset.textExpired), PATIENCE_IN_MS);
  }

  #forget(message) {
    clearTimeout(this.#timer);
    this.#presses = 0;
    this.#say(message);
    if (message) this.#timer = setTimeout(() => this.#say(""), PATIENCE_IN_MS);
  }

  #say(message = "") {
    const status = this.querySelector('[role="status"]');
    if (status) status.textContent = message;
  }
}

customElements.define("exit-button", ExitButton);
