/**
 * <code-from-link>: fills in the class code that a QR code carries.
 *
 * The code stands after the # in the address, which no server or proxy ever sees.
 * It is taken out of the address at once, so that it does not stay in the history.
 */
class CodeFromLink extends HTMLElement {
  connectedCallback() {
    const code = decodeURIComponent(location.hash.slice(1));
    const input = this.querySelector("input[name='code']");
    if (!input || !/^[\w-]{8,12}$/.test(code)) return;
    input.value = code;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    history.replaceState(null, "", location.pathname);
  }
}

customElements.define("code-from-link", CodeFromLink);
