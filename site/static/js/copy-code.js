/**
 * <copy-code>: copy a code to the clipboard, save it as a file, or print the page.
 *
 * The buttons are hidden in the HTML: without a script they could do nothing, and
 * the code can still be read and selected.
 *
 * Attributes: data-source (id of the element that holds the code),
 * data-file-name, data-text-copied, data-text-failed.
 */
class CopyCode extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
    // The script may be there before the parser has reached the buttons.
    if (document.readyState !== "loading") this.#showButtons();
    else document.addEventListener("DOMContentLoaded", () => this.#showButtons(), { once: true });
  }

  #showButtons() {
    for (const button of this.querySelectorAll("button[data-action]")) {
      button.hidden = button.dataset.action === "copy" && !navigator.clipboard;
    }
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  async handleEvent(event) {
    const action = event.target.closest("button[data-action]")?.dataset.action;
    if (action === "print") window.print();
    if (action !== "copy" && action !== "download") return;
    const source = document.getElementById(this.dataset.source);
    if (action === "download") {
      this.#save(source.textContent.trim());
      return;
    }
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      this.#say(this.dataset.textCopied ?? "Gekopieerd");
    } catch {
      this.#say(this.dataset.textFailed ?? "Kopiëren lukt niet. Schrijf de code over.");
    }
  }

  #save(content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${content}\n`], { type: "text/plain" }));
    link.download = this.dataset.fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  #say(message) {
    const status = this.querySelector('[role="status"]');
    if (!status) return;
    status.textContent = "";
    // A second copy must be read out too, so the text has to change.
    requestAnimationFrame(() => {
      status.textContent = message;
    });
  }
}

customElements.define("copy-code", CopyCode);
