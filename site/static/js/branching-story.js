/**
 * <branching-story>: a story with choices, one part at a time.
 *
 * Wraps the plain form: numbered parts, each with a select for what the learner does. The
 * selects stay the answer; this shows the parts on the way so far and a button for each
 * choice, and it can show the plain list again.
 *
 * Attributes: data-back, data-as-list, data-as-story, data-ended, data-open: its words.
 */
class BranchingStory extends HTMLElement {
  #scenes = new Map();
  #isList = false;
  #bar = null;
  #live = null;

  connectedCallback() {
    if (this.#bar) return;
    this.#scenes = new Map(
      [...this.querySelectorAll(".story__scene")].map((scene) => [scene.dataset.scene, scene]),
    );
    this.#build();
    this.addEventListener("click", this);
    this.addEventListener("change", this);
    this.#form?.addEventListener("doorzien:restored", this);
    this.dataset.isEnhanced = "";
    this.#show();
  }

  disconnectedCallback() {
    this.#form?.removeEventListener("doorzien:restored", this);
  }

  handleEvent(event) {
    const button = event.target.closest?.("button[data-do]");
    if (event.type === "doorzien:restored" || event.type === "change") this.#show();
    else if (button?.dataset.do === "choose") this.#choose(button);
    else if (button?.dataset.do === "back") this.#goBack();
    else if (button?.dataset.do === "list") this.#toggleList();
  }

  get #form() {
    return this.closest("form");
  }

  get #isLocked() {
    return this.closest("fieldset")?.matches(":disabled") ?? false;
  }

  #build() {
    for (const scene of this.#scenes.values()) {
      const select = scene.querySelector("select");
      if (!select) continue;
      const choices = document.createElement("div");
      choices.className = "story__choices";
      for (const option of select.options) {
        if (!option.value) continue;
        const button = this.#button("choose", option.text.replace(/\s*\([^()]*\)$/, ""));
        button.lang = option.lang;
        button.value = option.value;
        choices.append(button);
      }
      scene.append(choices);
    }
    this.#bar = document.createElement("p");
    this.#bar.className = "story__bar";
    this.#bar.append(
      this.#button("back", this.dataset.back),
      this.#button("list", this.dataset.asList),
    );
    this.#live = document.createElement("p");
    this.#live.className = "story__live";
    this.#live.setAttribute("role", "status");
    this.append(this.#live, this.#bar);
  }

  #button(what, text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.dataset.variant = "secondary";
    button.dataset.do = what;
    button.textContent = text;
    return button;
  }

  /** The parts on the way so far; the last one is where the learner is. */
  get #way() {
    const way = [];
    let scene = this.#scenes.values().next().value;
    while (scene && !way.includes(scene)) {
      way.push(scene);
      const chosen = scene.querySelector("select")?.selectedOptions[0];
      scene = chosen?.value ? this.#scenes.get(chosen.dataset.leadsTo) : null;
    }
    return way;
  }

  #choose(button) {
    if (this.#isLocked) return;
    const scene = button.closest(".story__scene");
    this.#set(scene, button.value);
    this.#focus(this.#way.at(-1));
  }

  #set(scene, value) {
    const select = scene.querySelector("select");
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #goBack() {
    const way = this.#way;
    if (this.#isLocked || way.length < 2) return;
    const last = way.at(-2);
    this.#set(last, "");
    this.#focus(last);
  }

  #toggleList() {
    this.#isList = !this.#isList;
    this.#show();
    this.querySelector('[data-do="list"]').focus();
  }

  #focus(scene) {
    scene.tabIndex = -1;
    scene.focus({ preventScroll: true });
    scene.scrollIntoView({ block: "nearest" });
  }

  #show() {
    const way = this.#way;
    const here = way.at(-1);
    const select = here.querySelector("select");
    this.toggleAttribute("data-is-list", this.#isList);
    for (const scene of this.#scenes.values()) {
      scene.hidden = !this.#isList && !way.includes(scene);
      const own = scene.querySelector("select");
      own?.setCustomValidity("");
      const label = scene.querySelector(".story__choice");
      if (label) label.hidden = !this.#isList;
      const choices = scene.querySelector(".story__choices");
      if (!choices) continue;
      choices.hidden = this.#isList;
      for (const button of choices.children) {
        const isTaken = button.value === own.value;
        button.hidden = Boolean(own.value) && !isTaken;
        button.disabled = this.#isLocked || Boolean(own.value);
        button.toggleAttribute("data-taken", isTaken);
      }
    }
    // On the way back or forth the order of the parts is that of the way.
    if (!this.#isList) for (const scene of way) this.#live.before(scene);
    else for (const scene of this.#scenes.values()) this.#live.before(scene);
    select?.setCustomValidity(this.dataset.open);
    this.#live.textContent = select ? "" : this.dataset.ended;
    this.querySelector('[data-do="back"]').disabled = this.#isLocked || way.length < 2;
    this.querySelector('[data-do="list"]').textContent = this.#isList
      ? this.dataset.asStory
      : this.dataset.asList;
  }
}

customElements.define("branching-story", BranchingStory);
