/**
 * <sort-cards>: cards that go into groups, one at a time, by a button or by dragging.
 *
 * Wraps a list in which every item has a select with the groups. Those selects stay the
 * form's data; a card that goes somewhere sets its own. The buttons of the groups send the
 * card on top; a card in a group is a button that takes it back. After the answer the list
 * is shown again, with what was right.
 *
 * Attributes: data-hint, data-left ("Kaart {number} van {total}"), data-done, data-put,
 * data-back. Parts: .place-list › .place-list__item[data-item] › label and select.
 */
const FAR_ENOUGH = 6; // pixels; less is a press and not a drag

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** The same words in the same language. */
function copyOf(label) {
  const text = element("span", "", label.textContent);
  text.lang = label.lang;
  return text;
}

class SortCards extends HTMLElement {
  #form = null;
  #list = null;
  #board = null;
  #card = null;
  #count = null;
  #live = null;
  #groups = [];
  #drag = null;
  /** The card that was taken back comes first. */
  #first = null;

  connectedCallback() {
    for (const name of ["click", "change", "keydown"]) this.addEventListener(name, this);
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
      this.addEventListener(name, this);
    }
    window.addEventListener("pageshow", this);
    // The script may be there before the parser has reached the cards.
    if (document.readyState !== "loading") this.#begin();
    else document.addEventListener("DOMContentLoaded", () => this.#begin(), { once: true });
  }

  disconnectedCallback() {
    this.#drag = null;
    window.removeEventListener("pageshow", this);
    this.#form?.removeEventListener("doorzien:restored", this);
  }

  handleEvent(event) {
    const isOfDrag = this.#drag && this.#drag.pointer === event.pointerId;
    switch (event.type) {
      case "click":
        this.#press(event.target.closest("button"));
        break;
      case "keydown":
        if (event.key === "Escape" && this.#drag) this.#drop(null);
        break;
      case "pointerdown":
        this.#grab(event);
        break;
      case "pointermove":
        if (isOfDrag) this.#move(event);
        break;
      case "pointerup":
        if (isOfDrag) this.#drop(this.#groupAt(event));
        break;
      case "pointercancel":
        if (isOfDrag) this.#drop(null);
        break;
      default: // change, doorzien:restored, pageshow: a select may have been set
        if (event.target !== this) this.#show();
    }
  }

  get #items() {
    return [...this.#list.querySelectorAll(".place-list__item")];
  }

  get #isClosed() {
    return this.matches("fieldset:disabled *");
  }

  #begin() {
    this.#list = this.querySelector(".place-list");
    if (!this.isConnected || !this.#list || this.hasAttribute("data-enhanced")) return;
    this.#form = this.closest("form");
    this.#form?.addEventListener("doorzien:restored", this);
    const hint = this.closest("fieldset")?.querySelector(".quiz-question__hint");
    if (hint && this.dataset.hint) hint.textContent = this.dataset.hint;

    this.#board = element("div", "sort-cards__board");
    this.#count = element("p", "sort-cards__count");
    this.#card = element("p", "sort-cards__card");
    this.#card.tabIndex = -1;
    const groups = element("div", "sort-cards__groups");
    const options = [...this.#items[0].querySelectorAll("option")].filter(({ value }) => value);
    this.#groups = options.map((option) => {
      const group = element("div", "sort-cards__group");
      const button = element("button", "sort-cards__send");
      button.type = "button";
      button.dataset.place = option.value.split(":")[1];
      button.append(copyOf(option));
      const cards = element("ul", "sort-cards__cards");
      cards.setAttribute("role", "list");
      group.append(button, cards);
      groups.append(group);
      return { group, button, cards, place: button.dataset.place };
    });
    this.#live = element("p", "visually-hidden");
    this.#live.setAttribute("aria-live", "polite");
    this.#board.append(this.#count, this.#card, groups, this.#live);
    this.append(this.#board);
    this.dataset.enhanced = "";
    this.#show();
  }

  #placeOf(item) {
    return item.querySelector("select").value.split(":")[1] ?? "";
  }

  #labelOf(item) {
    return item.querySelector("label");
  }

  /** The card on top: what was taken back, or the first that lies nowhere. */
  get #current() {
    const open = this.#items.filter((item) => !this.#placeOf(item));
    return open.includes(this.#first) ? this.#first : open[0];
  }

  #show() {
    if (!this.hasAttribute("data-enhanced") || this.#drag) return;
    const items = this.#items;
    const current = this.#current;
    const placed = items.filter((item) => this.#placeOf(item)).length;
    this.#card.hidden = !current;
    this.#card.replaceChildren(...(current ? [copyOf(this.#labelOf(current))] : []));
    this.#count.textContent = current
      ? this.dataset.left.replace("{number}", placed + 1).replace("{total}", items.length)
      : this.dataset.done;
    for (const { button, cards, place } of this.#groups) {
      // Not "disabled": that would drop the focus when the last card goes.
      button.setAttribute("aria-disabled", String(!current));
      const own = items.filter((item) => this.#placeOf(item) === place);
      const shown = [...cards.children].map((row) => row.dataset.card).join();
      if (shown === own.map((item) => item.dataset.item).join()) continue;
      cards.replaceChildren(...own.map((item) => this.#placedCard(item)));
    }
  }

  #placedCard(item) {
    const row = element("li", "");
    row.dataset.card = item.dataset.item;
    const button = element("button", "sort-cards__placed");
    button.type = "button";
    button.dataset.back = item.dataset.item;
    button.append(element("span", "visually-hidden", `${this.dataset.back} `));
    button.append(copyOf(this.#labelOf(item)));
    row.append(button);
    return row;
  }

  #set(item, place) {
    item.querySelector("select").value = place ? `${item.dataset.item}:${place}` : "";
    this.#show();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #press(button) {
    if (!button || this.#isClosed || button.getAttribute("aria-disabled") === "true") return;
    if (button.dataset.place) this.#send(this.#current, button.dataset.place);
    else if (button.dataset.back) {
      const item = this.#items.find((one) => one.dataset.item === button.dataset.back);
      this.#first = item;
      this.#set(item, "");
      this.#card.focus();
    }
  }

  #send(item, place) {
    this.#set(item, place);
    const group = this.#groups.find((one) => one.place === place);
    const next = this.#current;
    this.#live.replaceChildren(
      copyOf(this.#labelOf(item)),
      `. ${this.dataset.put} `,
      copyOf(group.button.firstChild),
      ". ",
      ...(next ? [copyOf(this.#labelOf(next))] : [this.dataset.done]),
    );
  }

  /* Dragging ------------------------------------------------------------------ */

  #grab(event) {
    const card = event.target.closest(".sort-cards__card, .sort-cards__placed");
    if (!card || this.#drag || event.button !== 0 || this.#isClosed) return;
    const key = card.dataset.back ?? this.#current?.dataset.item;
    const item = this.#items.find((one) => one.dataset.item === key);
    this.#drag = { item, card, pointer: event.pointerId, x: event.clientX, y: event.clientY };
  }

  #move(event) {
    const drag = this.#drag;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.isMoving && Math.hypot(x, y) < FAR_ENOUGH) return;
    if (!drag.isMoving) {
      drag.isMoving = true;
      this.setPointerCapture(drag.pointer);
      drag.card.dataset.dragged = "";
    }
    drag.card.style.translate = `${x}px ${y}px`;
    const over = this.#groupAt(event);
    for (const one of this.#groups) one.group.toggleAttribute("data-over", one === over);
  }

  #groupAt({ clientX, clientY }) {
    return this.#groups.find(({ group }) => {
      const box = group.getBoundingClientRect();
      return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
    });
  }

  #drop(over) {
    const { item, card, pointer, isMoving } = this.#drag;
    this.#drag = null;
    card.style.translate = "";
    delete card.dataset.dragged;
    for (const { group } of this.#groups) group.removeAttribute("data-over");
    if (this.hasPointerCapture(pointer)) this.releasePointerCapture(pointer);
    // What is no drag is a press, and comes as a click.
    if (isMoving && over && !this.#isClosed && this.#placeOf(item) !== over.place) {
      this.#send(item, over.place);
    } else if (isMoving) this.#show();
  }
}

customElements.define("sort-cards", SortCards);
