/**
 * <code-field>: a field for a class code or a return code.
 *
 * Shows the code as it is printed: capitals, in groups with a hyphen. Takes any
 * paste. The server is just as tolerant, so nothing here is needed to get in.
 *
 * Attributes: data-groups, the length of each group, such as "4-4".
 */
class CodeField extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this);
  }

  disconnectedCallback() {
    this.removeEventListener("input", this);
  }

  handleEvent(event) {
    // Someone who types with an input method is not ready yet.
    if (!event.isComposing) this.#format(event.target, event.inputType);
  }

  #format(input, inputType = "") {
    const lengths = (this.dataset.groups ?? "4-4").split("-").map(Number);
    const limit = lengths.reduce((sum, length) => sum + length, 0);
    const clean = (text) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");
    const caret = clean(input.value.slice(0, input.selectionStart ?? input.value.length)).length;
    const characters = clean(input.value).slice(0, limit);

    const groups = [];
    let rest = characters;
    for (const length of lengths) {
      if (!rest) break;
      groups.push(rest.slice(0, length));
      rest = rest.slice(length);
    }
    const isGroupFull = groups.length > 0 && groups.at(-1).length === lengths[groups.length - 1];
    const isTyping = !inputType.startsWith("delete");
    const trail = isTyping && isGroupFull && groups.length < lengths.length ? "-" : "";
    const formatted = groups.join("-") + trail;
    if (formatted === input.value) return;

    input.value = formatted;
    if (document.activeElement !== input) return;
    let position = 0;
    let seen = 0;
    while (position < formatted.length && seen < caret) {
      if (formatted[position] !== "-") seen += 1;
      position += 1;
    }
    if (isTyping && formatted[position] === "-") position += 1;
    input.setSelectionRange(position, position);
  }
}

customElements.define("code-field", CodeField);
