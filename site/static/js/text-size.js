/**
 * <text-size>: how large the letters are, on every page of this device.
 *
 * Runs before the page is drawn (no module, no async), so that nothing jumps. Kept in the
 * browser only: the server never hears of it, and leaving wipes it. Without a script the
 * browser's own zoom is there, and the buttons are not.
 *
 * In it: a button per size, [data-size]. The sizes are in css/blocks/text-size.css.
 */
(() => {
  const TEXT_SIZE_KEY = "doorzien.textsize";
  const SIZES = ["normal", "large", "larger"];
  const root = document.documentElement;

  /** What was chosen here before; a browser that refuses to tell has the normal size. */
  function kept() {
    try {
      const size = localStorage.getItem(TEXT_SIZE_KEY);
      return SIZES.includes(size) ? size : SIZES[0];
    } catch {
      return SIZES[0];
    }
  }

  function keep(size) {
    try {
      if (size === SIZES[0]) localStorage.removeItem(TEXT_SIZE_KEY);
      else localStorage.setItem(TEXT_SIZE_KEY, size);
    } catch {
      // It holds until the next page.
    }
  }

  function show(size) {
    if (size === SIZES[0]) delete root.dataset.textSize;
    else root.dataset.textSize = size;
  }

  class TextSize extends HTMLElement {
    connectedCallback() {
      this.hidden = false;
      this.addEventListener("click", this);
      document.addEventListener("DOMContentLoaded", this);
      this.#press();
    }

    disconnectedCallback() {
      this.removeEventListener("click", this);
      document.removeEventListener("DOMContentLoaded", this);
    }

    handleEvent(event) {
      const size = event.target.closest?.("[data-size]")?.dataset.size;
      if (event.type === "click" && SIZES.includes(size)) {
        keep(size);
        show(size);
      }
      this.#press();
    }

    #press() {
      const now = root.dataset.textSize ?? SIZES[0];
      for (const button of this.querySelectorAll("[data-size]")) {
        button.setAttribute("aria-pressed", String(button.dataset.size === now));
      }
    }
  }

  show(kept());
  customElements.define("text-size", TextSize);
})();
