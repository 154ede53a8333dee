/**
 * <recording-text>: the text of a recording, linked to its moments and searchable.
 *
 * Without a script the text can be read. With it each time is a button that plays from there,
 * the line that is heard now is shown, and a field finds words in the text.
 *
 * Attributes: data-jump ({time}), data-search, data-found-one, data-found-many ({count}),
 * data-found-none.
 * Parts: .recording__player, .transcript, .transcript__line[data-start] (tenths of a second).
 */
function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Without capitals and accents, so that "cafe" finds "Café". */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

let count = 0;

class RecordingText extends HTMLElement {
  #player = null;
  #lines = [];
  #status = null;

  connectedCallback() {
    for (const name of ["click", "input"]) this.addEventListener(name, this);
    this.addEventListener("timeupdate", this, true); // this one does not bubble
    // The script may be there before the parser has reached the lines.
    if (document.readyState !== "loading") this.#begin();
    else document.addEventListener("DOMContentLoaded", () => this.#begin(), { once: true });
  }

  #begin() {
    if (!this.isConnected || this.hasAttribute("data-enhanced")) return;
    this.dataset.enhanced = "";
    this.#player = this.querySelector(".recording__player");
    this.#lines = [...this.querySelectorAll(".transcript__line")];
    if (this.#lines.length === 0) return;
    for (const line of this.#lines) this.#addJump(line);
    this.#addSearch();
  }

  #addJump(line) {
    const time = line.querySelector(".transcript__time");
    const button = element("button", "transcript__moment", time.textContent);
    button.type = "button";
    button.setAttribute("aria-label", this.dataset.jump.replace("{time}", time.textContent));
    time.replaceWith(button);
  }

  #addSearch() {
    const box = element("p", "recording-search");
    const label = element("label", "recording-search__label", this.dataset.search);
    const field = element("input", "recording-search__field");
    field.type = "search";
    field.id = `recording-search-${(count += 1)}`;
    field.autocomplete = "off";
    label.htmlFor = field.id;
    this.#status = element("span", "recording-search__status");
    this.#status.setAttribute("role", "status");
    box.append(label, field, this.#status);
    this.querySelector(".transcript").before(box);
  }

  handleEvent(event) {
    if (event.type === "timeupdate") this.#follow();
    else if (event.type === "input" && event.target.matches(".recording-search__field")) {
      this.#search(plain(event.target.value.trim()));
    } else if (event.type === "click") {
      const line = event.target.closest(".transcript__moment")?.closest(".transcript__line");
      if (line) this.#jump(Number(line.dataset.start));
    }
  }

  #search(asked) {
    let found = 0;
    for (const line of this.#lines) {
      const has = asked === "" || plain(line.textContent).includes(asked);
      line.hidden = !has;
      if (has) found += 1;
    }
    const { foundNone, foundOne, foundMany } = this.dataset;
    const told = found === 1 ? foundOne : foundMany.replace("{count}", found);
    this.#status.textContent = asked === "" ? "" : found === 0 ? foundNone : told;
  }

  #jump(start) {
    this.#player.currentTime = start / 10;
    this.#player.play().catch(() => {}); // the player itself says what is wrong
    this.#player.scrollIntoView({ block: "nearest" });
  }

  #follow() {
    const now = this.#player.currentTime * 10;
    const begun = this.#lines.filter((line) => now > 0 && Number(line.dataset.start) <= now);
    const heard = begun[begun.length - 1];
    for (const line of this.#lines) line.toggleAttribute("data-now", line === heard);
  }
}

customElements.define("recording-text", RecordingText);
