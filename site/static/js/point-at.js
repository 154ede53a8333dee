/**
 * <point-at>: the places of a list can be pointed at in the picture as well.
 *
 * Wraps the picture and the list; the boxes of the list stay the answer. Each place gets a
 * spot over the picture, for a mouse or a finger: with a keyboard or without seeing the
 * picture the list says the same, so the spots are no stops of their own. What has the
 * focus or is chosen in the list shows in the picture.
 *
 * List: <label data-x data-y data-width data-height>, in per cent of the picture.
 */
class PointAt extends HTMLElement {
  /** input → its spot */
  #spots = new Map();

  connectedCallback() {
    if (this.#spots.size > 0) return;
    const picture = this.querySelector(".point-at__picture");
    if (!picture) return;
    for (const label of this.querySelectorAll("label[data-x]")) {
      const spot = document.createElement("span");
      spot.className = "point-at__spot";
      spot.setAttribute("aria-hidden", "true");
      for (const name of ["x", "y", "width", "height"]) {
        spot.style.setProperty(`--${name}`, `${Number(label.dataset[name])}%`);
      }
      const input = label.querySelector("input");
      // Not a second <label>: that would take the focus, and the page, away to the list.
      spot.addEventListener("click", () => input.click());
      this.#spots.set(input, spot);
      picture.append(spot);
    }
    for (const name of ["change", "focusin", "focusout"]) this.addEventListener(name, this);
    this.closest("form")?.addEventListener("doorzien:restored", this);
    this.#show();
  }

  disconnectedCallback() {
    this.closest("form")?.removeEventListener("doorzien:restored", this);
  }

  handleEvent() {
    this.#show();
  }

  #show() {
    for (const [input, spot] of this.#spots) {
      spot.toggleAttribute("data-chosen", input.checked);
      spot.toggleAttribute("data-focus", input.matches(":focus-visible"));
    }
  }
}

customElements.define("point-at", PointAt);
