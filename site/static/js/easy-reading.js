/**
 * <easy-reading>: easy language where the lesson has it, on every page of this device.
 *
 * Runs before the page is drawn (no module, no async), so that nothing jumps. Kept in the browser
 * only: that somebody reads this way may tell about them, and the server never hears of it.
 * Leaving wipes it. Without a script its box turns round the page that is open (easy-reading.css).
 *
 * In it: one checkbox. Tells the page `doorzien:reading` when another text stands there.
 */
(() => {
  const EASY_KEY = "doorzien.easyreading";
  const root = document.documentElement;

  /** What was chosen here before; a browser that refuses to tell has the ordinary text. */
  function kept() {
    try {
      return localStorage.getItem(EASY_KEY) === "yes";
    } catch {
      return "easyReading" in root.dataset;
    }
  }

  function keep(isEasy) {
    try {
      if (isEasy) localStorage.setItem(EASY_KEY, "yes");
      else localStorage.removeItem(EASY_KEY);
    } catch {
      // It holds until the next page.
    }
  }

  function show(isEasy) {
    if (isEasy) root.dataset.easyReading = "";
    else delete root.dataset.easyReading;
  }

  class EasyReading extends HTMLElement {
    connectedCallback() {
      this.addEventListener("change", this);
      document.addEventListener("DOMContentLoaded", this);
      window.addEventListener("pageshow", this);
      this.#tick();
    }

    disconnectedCallback() {
      this.removeEventListener("change", this);
      document.removeEventListener("DOMContentLoaded", this);
      window.removeEventListener("pageshow", this);
    }

    handleEvent(event) {
      if (event.type === "change") {
        keep(event.target.checked);
        show(event.target.checked);
        document.dispatchEvent(new CustomEvent("doorzien:reading"));
      } else if (event.type === "pageshow" && event.persisted) {
        // Back to a page that the browser kept: something else may be chosen since.
        show(kept());
      }
      this.#tick();
    }

    #tick() {
      const box = this.querySelector("input");
      if (box) box.checked = "easyReading" in root.dataset;
    }
  }

  show(kept());
  customElements.define("easy-reading", EasyReading);
})();
