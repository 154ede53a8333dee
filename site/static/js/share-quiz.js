/**
 * <share-quiz>: pass the link to a quiz on, by the phone's own sheet or as a copy.
 *
 * The buttons and the box are hidden in the HTML: without a script the card is text
 * that one can select. The score goes along only while the box is ticked.
 *
 * Attributes: data-title, data-url, data-text-copied, data-text-failed.
 */
class ShareQuiz extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
    this.addEventListener("change", this);
    // The script may be there before the parser has reached the buttons.
    if (document.readyState !== "loading") this.#show();
    else document.addEventListener("DOMContentLoaded", () => this.#show(), { once: true });
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
    this.removeEventListener("change", this);
  }

  #show() {
    const box = this.querySelector(".share-quiz__option");
    if (box) box.hidden = false;
    for (const button of this.querySelectorAll("button[data-action]")) {
      button.hidden = button.dataset.action === "share" ? !navigator.share : !navigator.clipboard;
    }
  }

  get #score() {
    return this.querySelector("[data-share-score]");
  }

  handleEvent(event) {
    if (event.type === "change") {
      this.#score.hidden = !event.target.checked;
      return;
    }
    const action = event.target.closest("button[data-action]")?.dataset.action;
    if (action === "share") this.#share();
    if (action === "copy") this.#copy();
  }

  #text() {
    return !this.#score || this.#score.hidden ? "" : this.#score.textContent.trim();
  }

  async #share() {
    const { title, url } = this.dataset;
    try {
      await navigator.share({ title, text: this.#text() || title, url });
    } catch {
      // Somebody who closes the sheet changed their mind.
    }
  }

  async #copy() {
    const { title, url } = this.dataset;
    try {
      await navigator.clipboard.writeText([title, this.#text(), url].filter(Boolean).join("\n"));
      this.#say(this.dataset.textCopied);
    } catch {
      this.#say(this.dataset.textFailed);
    }
  }

  #say(message) {
    const status = this.querySelector('[role="status"]');
    status.textContent = "";
    // A second copy must be read out too, so the text has to change.
    requestAnimationFrame(() => {
      status.textContent = message;
    });
  }
}

customElements.define("share-quiz", ShareQuiz);
