/**
 * <read-aloud>: reads the lesson on this page aloud, and marks the word that is spoken.
 *
 * Only with a voice that is on this device (localService): the voices of a browser's maker
 * get every sentence sent to them. Hidden where there is none in the language of the lesson.
 * What is folded is not read. Leaving the page, or the site, makes it silent at once.
 *
 * Pausing is done here, by remembering the word: on Android a pause of the browser's own is
 * the end. Words are marked with a highlight, so the page itself does not change.
 *
 * Attributes: data-language (of the lesson), data-text-play, data-text-pause, data-text-resume.
 * In it: [data-action="play"] with a [data-label], [data-action="stop"].
 */
const PARTS = "h1, h2, h3, h4, h5, p, li, dt, dd, blockquote, figcaption, caption, td, th, summary";
const WHERE = ".lesson__title, .whole-lesson__title, .heavy-notice, .lesson__blocks";
const SILENT =
  "form, button, .reading-tools, select, textarea, audio, video, template, script, style, " +
  "svg, .visually-hidden, .no-print, [hidden], [aria-hidden='true']";
const HIGHLIGHT = "read-aloud";
const FIRST_WORD = /\S+/;

/** "nl-NL" and "nl_NL" are both how a device writes it. */
function languageOf(tag) {
  return tag.toLowerCase().split(/[-_]/)[0];
}

function voiceFor(language) {
  return speechSynthesis
    .getVoices()
    .find((voice) => voice.localService && languageOf(voice.lang) === languageOf(language));
}

/** What is read in one breath: a paragraph or the like, with the texts that it is made of. */
class Passage {
  constructor(owner) {
    this.owner = owner;
    this.language = owner.closest("[lang]")?.lang ?? "";
    this.nodes = [];
    this.text = "";
  }

  add(node) {
    this.nodes.push({ node, start: this.text.length });
    this.text += node.nodeValue;
  }

  /** The words between two places in the text, as they stand on the page. */
  range(start, end) {
    const range = document.createRange();
    range.setStart(...this.#place(start));
    range.setEnd(...this.#place(end, true));
    return range;
  }

  #place(index, isEnd = false) {
    const part = this.nodes.findLast(({ start }) => (isEnd ? start < index : start <= index));
    return [part.node, Math.min(index - part.start, part.node.length)];
  }
}

function passagesIn(root) {
  const passages = [];
  for (const place of root.querySelectorAll(WHERE)) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.nodeValue.trim() || parent.closest(SILENT)) continue;
      const owner = parent.closest(PARTS) ?? parent;
      if (owner.checkVisibility?.() === false) continue;
      if (passages.at(-1)?.owner !== owner) passages.push(new Passage(owner));
      passages.at(-1).add(node);
    }
  }
  return passages;
}

class ReadAloud extends HTMLElement {
  #passages = [];
  #place = 0; // which passage
  #offset = 0; // where in its text
  #spoken = null;
  #state = "silent";

  connectedCallback() {
    if (!("speechSynthesis" in window)) return;
    this.addEventListener("click", this);
    speechSynthesis.addEventListener?.("voiceschanged", this);
    window.addEventListener("pagehide", this);
    document.addEventListener("doorzien:exit", this);
    document.addEventListener("doorzien:reading", this); // another text stands there now
    this.#offer();
  }

  disconnectedCallback() {
    if (!("speechSynthesis" in window)) return;
    this.#hush();
    this.#unmark();
    speechSynthesis.removeEventListener?.("voiceschanged", this);
    window.removeEventListener("pagehide", this);
    document.removeEventListener("doorzien:exit", this);
    document.removeEventListener("doorzien:reading", this);
  }

  handleEvent(event) {
    if (event.type === "voiceschanged") this.#offer();
    else if (event.type !== "click") this.#stop();
    else if (event.target.closest('[data-action="stop"]')) this.#stop();
    else if (event.target.closest('[data-action="play"]')) this.#play();
  }

  #offer() {
    this.hidden = !voiceFor(this.dataset.language ?? "");
  }

  #play() {
    if (this.#state === "reading") {
      this.#hush();
      return this.#show("paused");
    }
    if (this.#state === "silent") {
      this.#passages = passagesIn(document);
      this.#place = this.#offset = 0;
    }
    this.#show("reading");
    this.#readOn();
  }

  #stop() {
    const hadFocus = this.contains(document.activeElement);
    this.#hush();
    this.#unmark();
    this.#show("silent");
    if (hadFocus) this.querySelector('[data-action="play"]').focus();
  }

  #hush() {
    this.#spoken = null;
    speechSynthesis.cancel();
  }

  #readOn() {
    const passage = this.#passages[this.#place];
    if (!passage) return this.#stop();
    const voice = voiceFor(passage.language);
    // A word of the interface in another language than any voice here speaks.
    if (!voice || !passage.owner.isConnected) return this.#goOn();
    const from = this.#offset;
    const spoken = new SpeechSynthesisUtterance(passage.text.slice(from));
    spoken.voice = voice;
    spoken.lang = voice.lang;
    // An older one may still say that it ended.
    const isCurrent = () => this.#spoken === spoken;
    spoken.onboundary = (event) => {
      if (!isCurrent() || (event.name && event.name !== "word")) return;
      this.#offset = from + event.charIndex;
      this.#mark(passage, this.#offset, event.charLength);
    };
    spoken.onend = () => isCurrent() && this.#goOn();
    spoken.onerror = () => isCurrent() && this.#stop();
    this.#spoken = spoken;
    this.#markPassage(passage);
    speechSynthesis.speak(spoken);
  }

  #goOn() {
    this.#place += 1;
    this.#offset = 0;
    this.#readOn();
  }

  #markPassage({ owner }) {
    this.#unmark();
    owner.dataset.spoken = "";
    owner.scrollIntoView({ block: "nearest" });
  }

  #mark(passage, start, length) {
    if (!CSS.highlights) return;
    // Safari does not say how long the word is.
    const word = length || (FIRST_WORD.exec(passage.text.slice(start))?.[0].length ?? 0);
    if (!word) return;
    CSS.highlights.set(HIGHLIGHT, new Highlight(passage.range(start, start + word)));
  }

  #unmark() {
    CSS.highlights?.delete(HIGHLIGHT);
    for (const owner of document.querySelectorAll("[data-spoken]")) delete owner.dataset.spoken;
  }

  #show(state) {
    this.#state = state;
    this.dataset.state = state;
    const words = { silent: "textPlay", reading: "textPause", paused: "textResume" };
    const label = this.querySelector("[data-label]");
    if (label) label.textContent = this.dataset[words[state]] ?? "";
    const stop = this.querySelector('[data-action="stop"]');
    if (stop) stop.hidden = state === "silent";
  }
}

customElements.define("read-aloud", ReadAloud);
