/**
 * <two-sides>: one telling at a time, so that the second cannot colour the first judgement.
 *
 * Wraps the plain form with both tellings. Hides the second until the first has its
 * judgement and the learner asks for it; then the first judgement stays as it is, for
 * both together say how it moved. Hears doorzien:restored when the queue put an answer
 * back: then everything is shown.
 *
 * Attributes: data-text-next, data-text-choose.
 */
class TwoSides extends HTMLElement {
  #button = null;

  connectedCallback() {
    this.addEventListener("change", this);
    this.addEventListener("click", this);
    document.addEventListener("doorzien:restored", this);
    // The script may be there before the parser has reached the tellings.
    if (document.readyState !== "loading") this.#begin();
    else document.addEventListener("DOMContentLoaded", () => this.#begin(), { once: true });
  }

  disconnectedCallback() {
    this.removeEventListener("change", this);
    this.removeEventListener("click", this);
    document.removeEventListener("doorzien:restored", this);
  }

  get #sides() {
    return [...this.querySelectorAll(".two-sides__side")];
  }

  #begin() {
    const [first, second] = this.#sides;
    const isAnswered = Boolean(second?.querySelector("input:checked"));
    if (this.#button || !second || isAnswered || this.closest("[data-state='answered']")) return;
    this.#button = document.createElement("button");
    this.#button.type = "button";
    this.#button.className = "button two-sides__next";
    this.#button.textContent = this.dataset.textNext;
    const status = document.createElement("p");
    status.className = "two-sides__status";
    status.setAttribute("role", "status");
    first.append(status, this.#button);
    second.hidden = true;
  }

  handleEvent(event) {
    if (event.type === "doorzien:restored") {
      if (event.target.contains(this)) this.#showAll();
      return;
    }
    if (event.type === "change") {
      this.querySelector(".two-sides__status")?.replaceChildren();
      return;
    }
    if (event.target.closest("button") === this.#button && this.#button) this.#next();
  }

  #next() {
    const [first, second] = this.#sides;
    if (!first.querySelector("input:checked")) {
      first.querySelector(".two-sides__status").textContent = this.dataset.textChoose;
      first.querySelector("input")?.focus();
      return;
    }
    // Not "disabled": that would leave the first judgement out of what is sent.
    for (const input of first.querySelectorAll("input:not(:checked)")) input.disabled = true;
    this.#showAll();
    second.querySelector(".two-sides__title").focus();
  }

  #showAll() {
    this.#button?.remove();
    this.#button = null;
    const second = this.#sides[1];
    if (second) second.hidden = false;
  }
}

customElements.define("two-sides", TwoSides);
