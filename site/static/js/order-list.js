/**
 * <order-list>: steps that are put in order by dragging, or with a button up and down.
 *
 * Wraps a list in which every item has a select with its place. Those selects stay the
 * form's data: each move sets all of them. Before the first move they are empty, for a
 * list that nobody touched is not an answer.
 *
 * Attributes: data-hint (what to do, in place of the hint of the plain form), data-up,
 * data-down, data-moved ("Plek {place} van {total}").
 * Parts: .order-list__items › .order-list__item[data-item] › label and select.
 */
const EDGE = 96; // within so many pixels of the window's edge a drag scrolls
const SCROLL_STEP = 10;
const ICONS = {
  grip: "M9 5v.01M9 12v.01M9 19v.01M15 5v.01M15 12v.01M15 19v.01",
  up: "M12 5v14M18 11l-6 -6M6 11l6 -6",
  down: "M12 5v14M18 13l-6 6M6 13l6 6",
};

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, value] of Object.entries({
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "2.5",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  })) {
    svg.setAttribute(name, value);
  }
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

class OrderList extends HTMLElement {
  #form = null;
  #live = null;
  #drag = null;

  connectedCallback() {
    for (const name of ["click", "change", "keydown"]) this.addEventListener(name, this);
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
      this.addEventListener(name, this);
    }
    window.addEventListener("pageshow", this);
    // The script may be there before the parser has reached the items.
    if (document.readyState !== "loading") this.#begin();
    else document.addEventListener("DOMContentLoaded", () => this.#begin(), { once: true });
  }

  disconnectedCallback() {
    this.#drag = null;
    window.removeEventListener("pageshow", this);
    this.#form?.removeEventListener("doorzien:restored", this);
  }

  handleEvent(event) {
    switch (event.type) {
      case "click":
        this.#press(event.target.closest("[data-step]"));
        break;
      case "change":
        if (event.target.localName === "select") this.#read();
        break;
      case "keydown":
        if (event.key === "Escape" && this.#drag) this.#drop(false);
        break;
      case "pointerdown":
        this.#grab(event);
        break;
      case "pointermove":
        if (this.#drag?.pointer === event.pointerId) this.#drag.y = event.clientY;
        break;
      case "pointerup":
        if (this.#drag?.pointer === event.pointerId) this.#drop(true);
        break;
      case "pointercancel":
        if (this.#drag?.pointer === event.pointerId) this.#drop(false);
        break;
      default: // doorzien:restored, pageshow: the selects may have been set behind our back
        this.#read();
    }
  }

  get #items() {
    return [...this.querySelectorAll(".order-list__item")];
  }

  #begin() {
    if (!this.isConnected || this.hasAttribute("data-enhanced")) return;
    this.#form = this.closest("form");
    this.#form?.addEventListener("doorzien:restored", this);
    const hint = this.closest("fieldset")?.querySelector(".quiz-question__hint");
    if (hint && this.dataset.hint) hint.textContent = this.dataset.hint;
    for (const item of this.#items) this.#equip(item);
    this.#live = element("p", "visually-hidden");
    this.#live.setAttribute("aria-live", "polite");
    this.append(this.#live);
    this.dataset.enhanced = "";
    this.#read();
    this.#showEnds();
  }

  #equip(item) {
    const select = item.querySelector("select");
    const label = item.querySelector("label");
    select.hidden = true;
    label.id = `${select.id}-text`;
    label.removeAttribute("for");
    const handle = element("span", "order-list__handle");
    handle.setAttribute("aria-hidden", "true");
    handle.append(icon(ICONS.grip));
    item.prepend(handle);
    const buttons = element("span", "order-list__buttons");
    for (const [step, name] of [[-1, "up"], [1, "down"]]) {
      const button = element("button", "order-list__button");
      button.type = "button";
      button.dataset.step = step;
      const word = element("span", "visually-hidden", this.dataset[name]);
      word.id = `${select.id}-${name}`;
      // By id and not as one text: the step may be in another language than the word.
      button.setAttribute("aria-labelledby", `${word.id} ${label.id}`);
      button.append(icon(ICONS[name]), word);
      buttons.append(button);
    }
    item.append(buttons);
  }

  /** Puts the items as the selects say, when those say something whole. */
  #read() {
    if (!this.hasAttribute("data-enhanced") || this.#drag) return;
    const placed = this.#items.map((item) => [this.#placeOf(item), item]);
    if (new Set(placed.map(([place]) => place)).size < placed.length) return;
    if (placed.some(([place]) => !place)) return;
    placed.sort(([one], [other]) => one - other);
    this.#arrange(placed.map(([, item]) => item));
  }

  #placeOf(item) {
    return Number(item.querySelector("select").value.split(":")[1] ?? 0);
  }

  #write() {
    this.#items.forEach((item, index) => {
      item.querySelector("select").value = `${item.dataset.item}:${index + 1}`;
    });
    this.#showEnds();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #arrange(items) {
    const list = this.querySelector(".order-list__items");
    if (items.some((item, index) => item !== list.children[index])) list.append(...items);
    this.#showEnds();
  }

  /** Not "disabled": that would drop the focus at the moment that somebody gets there. */
  #showEnds() {
    const items = this.#items;
    items.forEach((item, index) => {
      const [up, down] = item.querySelectorAll("[data-step]");
      up.setAttribute("aria-disabled", String(index === 0));
      down.setAttribute("aria-disabled", String(index === items.length - 1));
    });
  }

  #tell(item) {
    const items = this.#items;
    const place = items.indexOf(item) + 1;
    const label = item.querySelector("label");
    const text = element("span", "", label.textContent);
    text.lang = label.lang;
    const where = this.dataset.moved.replace("{place}", place).replace("{total}", items.length);
    this.#live.replaceChildren(text, `. ${where}`);
  }

  /* Buttons ------------------------------------------------------------------- */

  #press(button) {
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const item = button.closest(".order-list__item");
    const isUp = Number(button.dataset.step) < 0;
    // The neighbour moves, not the item: what is moved loses its focus.
    if (isUp && item.previousElementSibling) item.after(item.previousElementSibling);
    if (!isUp && item.nextElementSibling) item.before(item.nextElementSibling);
    this.#write();
    this.#tell(item);
    item.scrollIntoView({ block: "nearest" });
  }

  /* Dragging ------------------------------------------------------------------ */

  #grab(event) {
    const item = event.target.closest(".order-list__item");
    if (!item || this.#drag || event.button !== 0 || event.target.closest("button")) return;
    if (!this.hasAttribute("data-enhanced") || item.matches("fieldset:disabled *")) return;
    // With a finger only by the handle: everywhere else it scrolls the page.
    if (event.pointerType !== "mouse" && !event.target.closest(".order-list__handle")) return;
    event.preventDefault();
    this.setPointerCapture(event.pointerId);
    item.dataset.dragged = "";
    this.#drag = {
      item,
      pointer: event.pointerId,
      y: event.clientY,
      offset: event.clientY - item.getBoundingClientRect().top,
      before: this.#items,
    };
    requestAnimationFrame(() => this.#follow());
  }

  /** Every frame, so that the list also follows while only the page scrolls. */
  #follow() {
    const drag = this.#drag;
    if (!drag) return;
    if (drag.item.matches("fieldset:disabled *")) return this.#drop(false);
    if (drag.y < EDGE) window.scrollBy(0, -SCROLL_STEP);
    if (drag.y > window.innerHeight - EDGE) window.scrollBy(0, SCROLL_STEP);

    const { item } = drag;
    item.style.translate = "";
    const height = item.offsetHeight;
    const top = drag.y - drag.offset;
    const middle = (other) => {
      const box = other.getBoundingClientRect();
      return box.top + box.height / 2;
    };
    while (item.previousElementSibling && top < middle(item.previousElementSibling)) {
      item.after(item.previousElementSibling);
    }
    while (item.nextElementSibling && top + height > middle(item.nextElementSibling)) {
      item.before(item.nextElementSibling);
    }
    item.style.translate = `0 ${top - item.getBoundingClientRect().top}px`;
    requestAnimationFrame(() => this.#follow());
  }

  #drop(isMeant) {
    const { item, pointer, before } = this.#drag;
    this.#drag = null;
    item.style.translate = "";
    delete item.dataset.dragged;
    if (this.hasPointerCapture(pointer)) this.releasePointerCapture(pointer);
    if (!isMeant) {
      this.#arrange(before);
      return;
    }
    if (before.every((other, index) => other === this.#items[index])) return;
    this.#write();
    this.#tell(item);
  }
}

customElements.define("order-list", OrderList);
