/**
 * <passkey-form>: lets the browser make or ask for a passkey, and sends what it says.
 *
 * The button is hidden in the HTML: without a script it could do nothing.
 *
 * Attributes: data-ceremony ("create" or "get"), data-options-url (where to fetch what
 * to ask; otherwise it stands in #passkey-options), data-text-failed.
 */
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** What the server sent, with bytes where the browser wants bytes. */
function readable({ publicKey: key }) {
  const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    publicKey: {
      ...key,
      challenge: bytes(key.challenge),
      ...(key.user && { user: { ...key.user, id: bytes(key.user.id) } }),
      ...(key.excludeCredentials && { excludeCredentials: known(key.excludeCredentials) }),
      ...(key.allowCredentials && { allowCredentials: known(key.allowCredentials) }),
    },
  };
}

/** What the browser answered, as text. */
function sendable(credential) {
  const answer = credential.response;
  const response = { clientDataJSON: text(answer.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer[name]) response[name] = text(answer[name]);
  }
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this);
    // The script may be there before the parser has reached the button.
    if (document.readyState !== "loading") this.#showButton();
    else document.addEventListener("DOMContentLoaded", () => this.#showButton(), { once: true });
  }

  disconnectedCallback() {
    this.removeEventListener("submit", this);
  }

  #showButton() {
    const button = this.querySelector("button");
    if (button) button.hidden = !window.PublicKeyCredential;
  }

  async #options() {
    const url = this.dataset.optionsUrl;
    if (!url) return JSON.parse(document.getElementById("passkey-options").textContent);
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`options: ${response.status}`);
    return (await response.json()).request_options;
  }

  async handleEvent(event) {
    event.preventDefault();
    const form = event.target;
    const status = this.querySelector('[role="status"]');
    status.textContent = "";
    try {
      const options = readable(await this.#options());
      const credential = await (this.dataset.ceremony === "create"
        ? navigator.credentials.create(options)
        : navigator.credentials.get(options));
      form.elements.credential.value = sendable(credential);
    } catch {
      status.textContent = this.dataset.textFailed;
      return;
    }
    form.submit();
  }
}

customElements.define("passkey-form", PasskeyForm);
