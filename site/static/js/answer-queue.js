/**
 * <answer-queue>: an answer is kept here until the server says it is stored.
 *
 * Wraps the working form of one question. An answer goes into the browser's storage
 * first, ids only and never a word, and is taken out again on one condition: a 200
 * that names the same key (or a 409 that says this question was answered before).
 * Anything else leaves it where it is and we try again. The key makes a repeat
 * harmless, so when in doubt we send.
 *
 * The other questions are fetched beforehand, so that a learner without a network
 * can go on; the marks come when the answers arrive.
 *
 * Attributes: data-attempt, data-edition, data-learner-tag, data-questions-url,
 * data-return-url, data-result-url; data-answered (keys of the questions that the server has
 * an answer to); data-explains="later" where nothing is told of what is right until the
 * learner hands in, and data-overview-url for the page to do so; data-may-resume when the server knows of no attempt of this quiz, so
 * that one which waits here may be taken up.
 * Texts: <template class="answer-queue__texts"> with [data-text] elements.
 */
import { AnswerBackup } from "./answer-backup.js";

const QUEUE_KEY = "doorzien.answers";
const QUEUE_VERSION = 1;
const DAY_MS = 24 * 60 * 60 * 1000;
const KEEP_FOR_MS = DAY_MS;
// Nothing waits this long: the device's clock was wrong, then or now.
const CLOCK_WAS_SET_MS = 30 * DAY_MS;
const LONGEST_PAUSE_IN_S = 30;
const GIVE_UP_SENDING_AFTER_MS = 20_000;

const TEXTS = {
  saving: "Bezig met opslaan…",
  saved: "Opgeslagen",
  waiting: "Nog niet opgeslagen. We proberen het steeds opnieuw.",
  waitingOne: "1 antwoord wacht.",
  waitingMany: "{count} antwoorden wachten.",
  waitingFeedback: "Je antwoord wacht. Je ziet straks of het goed was.",
  waitingUnmarked: "Je antwoord wacht. We slaan het op zodra het kan.",
  waitingTyped:
    "We bewaren getypte woorden niet op dit toestel. Blijf op deze pagina tot er 'Opgeslagen' staat.",
  refused: "Dit antwoord kan niet worden opgeslagen. Laad de pagina opnieuw.",
  notYours: "We weten niet meer wie je bent. Je antwoorden zijn nog niet opgeslagen.",
  returnLink: "Vul je terugkeercode in om door te gaan",
  noStorage: "Dit toestel kan geen antwoorden bewaren. Blijf online.",
  right: "Juist",
  wrong: "Niet juist",
  missed: "Dit is juist",
  chosen: "Jouw antwoord",
  next: "Volgende vraag",
  result: "Bekijk je uitslag",
  resultWaits: "Je uitslag komt als alles is opgeslagen.",
  kept: "Je antwoord is opgeslagen",
  change: "Verander mijn antwoord",
  overview: "Kijk alles na",
  overviewWaits: "Je kunt inleveren als alles is opgeslagen.",
  progress: "Vraag {number} van {total}",
};

const MARK_ICONS = {
  right: "M5 12l5 5l10 -10",
  missed: "M5 12l5 5l10 -10",
  wrong: "M18 6l-12 12M6 6l12 12",
};

/** randomUUID is missing on plain http, which a school may have inside its walls. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The queue is in a place where anything on this device may write. */
function isOwnAddress(url) {
  try {
    return new URL(url, location.href).origin === location.origin;
  } catch {
    return false;
  }
}

/** "choice:1" is a part of "choice": of radios only one per name can be chosen. */
function fieldOf(name) {
  return name.split(":")[0];
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** The queue on disk. Another tab may change it at any moment: read it, do not remember it. */
class AnswerStore {
  #backup = new AnswerBackup();

  constructor() {
    this.isAvailable = true;
    this.#try(() => {
      localStorage.setItem(`${QUEUE_KEY}.test`, "1");
      localStorage.removeItem(`${QUEUE_KEY}.test`);
    });
  }

  read() {
    const entries = this.#try(() => JSON.parse(localStorage.getItem(QUEUE_KEY) ?? "[]"));
    if (!Array.isArray(entries)) return [];
    const kept = entries.map((entry) => this.#restamped(entry)).filter(Boolean);
    const isAsItWas = kept.length === entries.length && kept.every((one, n) => one === entries[n]);
    if (!isAsItWas) this.#write(kept);
    return kept;
  }

  /** The entry while it may wait, with the time of now when its own makes no sense. */
  #restamped(entry) {
    const age = Date.now() - Date.parse(entry?.at);
    if (Number.isNaN(age)) return null;
    if (age < -DAY_MS || age > CLOCK_WAS_SET_MS) {
      return { ...entry, at: new Date().toISOString() };
    }
    return age < KEEP_FOR_MS ? entry : null;
  }

  add(entry) {
    const others = this.read().filter((other) => other.key !== entry.key);
    this.#write([...others, entry]);
    this.#backup.add(entry);
  }

  remove(key) {
    this.#write(this.read().filter((entry) => entry.key !== key));
    this.#backup.remove(key);
  }

  /** What a killed browser had not written yet comes back; returns whether there was any. */
  async restore() {
    const backedUp = await this.#backup.all();
    const known = new Set(this.read().map((entry) => entry.key));
    const lost = backedUp.filter((entry) => !known.has(entry.key));
    for (const entry of lost) {
      const kept = this.#restamped(entry);
      if (kept) this.add(kept);
      else this.#backup.remove(entry.key);
    }
    return lost.length > 0;
  }

  #write(entries) {
    this.#try(() => {
      if (entries.length > 0) localStorage.setItem(QUEUE_KEY, JSON.stringify(entries));
      else localStorage.removeItem(QUEUE_KEY);
    });
  }

  #try(action) {
    try {
      return action();
    } catch (error) {
      // Damaged text is not a refusal: the next write repairs it.
      if (!(error instanceof SyntaxError)) this.isAvailable = false;
      return undefined;
    }
  }
}

class AnswerQueue extends HTMLElement {
  #store = null;
  #texts = TEXTS;
  /** key → entry: what this tab has sent and heard nothing of yet. */
  #unheard = new Map();
  /** question → what the server said of it. */
  #results = new Map();
  /** question → {html, url}, in the order of the quiz. */
  #questions = new Map();
  #refused = new Set();
  #answeredCount = 0;
  #pause = 0;
  #timer = 0;
  #isSending = false;
  #isStopped = false;
  #isGone = true;
  #resultUrl = "";

  connectedCallback() {
    this.#isGone = false;
    this.#store = new AnswerStore();
    this.#resultUrl = this.dataset.resultUrl ?? "";
    for (const name of ["submit", "click", "change", "input"]) this.addEventListener(name, this);
    for (const name of ["online", "pageshow", "storage"]) window.addEventListener(name, this);
    document.addEventListener("visibilitychange", this);
    document.addEventListener("doorzien:exit", this);
    // The script may be there before the parser has reached the question.
    if (document.readyState !== "loading") this.#begin();
    else document.addEventListener("DOMContentLoaded", () => this.#begin(), { once: true });
  }

  disconnectedCallback() {
    this.#isGone = true;
    clearTimeout(this.#timer);
    for (const name of ["submit", "click", "change", "input"]) this.removeEventListener(name, this);
    for (const name of ["online", "pageshow", "storage"]) window.removeEventListener(name, this);
    document.removeEventListener("visibilitychange", this);
    document.removeEventListener("doorzien:exit", this);
  }

  async #begin() {
    if (this.#isGone) return;
    this.#readTexts();
    this.#answeredCount = Number(this.querySelector(".quiz-progress__bar")?.value) || 0;
    if (!this.#store.isAvailable) this.#warnAboutStorage();
    this.#resumeWaitingAttempt();
    this.#prepareForm();
    this.#fetchQuestions();
    const isRestored = await this.#store.restore();
    if (this.#isGone) return;
    if (isRestored && this.#form?.dataset.state === "open") {
      this.#resumeWaitingAttempt();
      this.#prepareForm();
    }
    this.#send();
  }

  handleEvent(event) {
    switch (event.type) {
      case "submit":
        this.#answer(event);
        break;
      case "click":
        this.#goOn(event);
        break;
      // Typing fires its change only when the button is pressed, which would then move away.
      case "input":
      case "change":
        this.#hideErrors();
        break;
      case "storage":
        // Another tab has left the site and wiped everything: keep nothing here either.
        if (event.key === null) this.#forgetEverything();
        break;
      case "doorzien:exit":
        this.#forgetEverything();
        break;
      default:
        if (document.hidden) return;
        this.#pause = 0;
        if (event.type === "pageshow" && event.persisted) this.#prepareForm();
        if (event.type === "online") this.#fetchQuestions();
        this.#send();
    }
  }

  get #form() {
    return this.querySelector("form.quiz-question");
  }

  #readTexts() {
    const template = this.querySelector("template.answer-queue__texts");
    const given = [...(template?.content.querySelectorAll("[data-text]") ?? [])];
    this.#texts = {
      ...TEXTS,
      ...Object.fromEntries(given.map((text) => [text.dataset.text, text.textContent.trim()])),
    };
  }

  #forgetEverything() {
    this.#isGone = true;
    clearTimeout(this.#timer);
    this.#unheard.clear();
  }

  #warnAboutStorage() {
    if (this.querySelector(".answer-queue__warning")) return;
    const warning = element("p", "notice answer-queue__warning", this.#texts.noStorage);
    warning.dataset.state = "warn";
    warning.setAttribute("role", "status");
    this.#form?.before(warning);
  }

  /**
   * A page that is loaded again before the first answer arrived is given a new attempt.
   * The answer that waits belongs to the old one: go on with that, not beside it.
   */
  #resumeWaitingAttempt() {
    if (!this.hasAttribute("data-may-resume") || !this.#form) return;
    const path = new URL(this.#form.action).pathname;
    const waits = this.#sendable().find(
      (entry) =>
        new URL(entry.url, location.href).pathname === path &&
        String(entry.edition) === this.dataset.edition &&
        entry.learner_tag === (this.dataset.learnerTag ?? ""),
    );
    const fresh = this.dataset.attempt;
    if (!waits || !/^[0-9a-f-]{36}$/.test(waits.attempt) || waits.attempt === fresh) return;
    this.dataset.attempt = waits.attempt;
    this.dataset.questionsUrl = this.dataset.questionsUrl?.replace(fresh, waits.attempt);
    this.#resultUrl = this.#resultUrl.replace(fresh, waits.attempt);
    const field = this.#form.elements.namedItem("attempt");
    if (field) field.value = waits.attempt;
  }

  /* The question on the screen ------------------------------------------------ */

  /** After a reload the answer to this question may still be waiting. */
  #prepareForm() {
    const form = this.#form;
    if (!form) return;
    form.noValidate = true;
    form.dataset.state ||= "open";
    const entry = this.#waiting().findLast(({ question }) => question === form.dataset.question);
    if (!entry || this.#results.has(entry.question)) return;
    this.#unheard.set(entry.key, entry);
    this.#check(form, entry);
    this.#lock(form, "waiting");
  }

  /** Puts the controls as they were. What was typed is not kept, so a text stays as it is. */
  #check(form, { choice, reason, sure }) {
    const given = { choice: [].concat(choice), reason: [reason], sure: [sure] };
    for (const control of form.querySelectorAll("[name]")) {
      const values = given[fieldOf(control.name)];
      if (!values) continue;
      if (["radio", "checkbox"].includes(control.type)) {
        control.checked = values.includes(control.value);
      } else if (control.localName === "select") {
        const option = [...control.options].find(({ value }) => value && values.includes(value));
        if (option) control.value = option.value;
      } else if (control.type === "number" || control.inputMode === "decimal") {
        if (values[0]) control.value = values[0];
      }
    }
    // For a type whose script makes the controls, and may not have come yet.
    form.givenChoice = given.choice;
    form.dispatchEvent(new CustomEvent("doorzien:restored", { bubbles: true }));
  }

  #lock(form, state) {
    form.dataset.state = state;
    // Not "disabled" yet: that would drop the focus.
    form.querySelector('[type="submit"]')?.setAttribute("aria-disabled", "true");
    for (const fieldset of form.querySelectorAll("fieldset")) fieldset.disabled = true;
  }

  #answer(event) {
    const form = event.target.closest("form.quiz-question");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.state !== "open" || !this.#isValid(form)) return;

    const data = new FormData(form);
    const entry = {
      v: QUEUE_VERSION,
      url: new URL(form.action).pathname + new URL(form.action).search,
      attempt: this.dataset.attempt,
      edition: Number(this.dataset.edition),
      question: form.dataset.question,
      key: newKey(),
      choice: [...data]
        .filter(([name, value]) => fieldOf(name) === "choice" && value)
        .map(([, value]) => String(value)),
      reason: data.get("reason") || null,
      ...(data.get("sure") ? { sure: data.get("sure") } : {}),
      learner_tag: this.dataset.learnerTag ?? "",
      at: new Date().toISOString(),
    };
    const keyInput = form.elements.namedItem("key");
    if (keyInput) keyInput.value = entry.key;
    this.#unheard.set(entry.key, entry);
    if (this.#mayKeep(form)) this.#store.add(entry);
    if (!this.#store.isAvailable) this.#warnAboutStorage();
    this.#lock(form, "saving");
    this.#say("saving", this.#texts.saving);
    this.#pause = 0;
    this.#send();
  }

  /** Words that somebody typed are never kept on a device, not even for a moment. */
  #mayKeep(form) {
    return this.#store.isAvailable && !form.hasAttribute("data-typed");
  }

  #isValid(form) {
    this.#hideErrors();
    const open = form.querySelector("select:invalid, input:invalid, textarea:invalid");
    if (open && !["radio", "checkbox"].includes(open.type)) {
      // What a script says of its own control is clearer than the words for all.
      const own = open.validity.customError ? open.validationMessage : "";
      this.#showError(form, open.closest("fieldset"), own);
      return false;
    }
    for (const [name, members] of this.#groupByName(form)) {
      if (!["choice", "reason"].includes(fieldOf(name))) continue;
      if (!["radio", "checkbox"].includes(members[0].type)) continue;
      const fieldset = members[0].closest("fieldset");
      if (fieldset?.hasAttribute("data-optional")) continue;
      if (members.some((input) => input.checked)) continue;
      this.#showError(form, fieldset);
      return false;
    }
    return true;
  }

  #groupByName(form) {
    const groups = new Map();
    for (const input of form.querySelectorAll("input")) {
      groups.set(input.name, [...(groups.get(input.name) ?? []), input]);
    }
    return groups;
  }

  #showError(form, fieldset, message = "") {
    const error =
      fieldset?.querySelector(".quiz-question__error") ??
      form.querySelector(".quiz-question__error");
    if (!error) return;
    error.id ||= `error-${form.dataset.question}`;
    if (message) (error.querySelector("span") ?? error).textContent = message;
    error.tabIndex = -1;
    error.hidden = false;
    const described = new Set((fieldset?.getAttribute("aria-describedby") ?? "").split(/\s+/));
    fieldset?.setAttribute("aria-describedby", [...described.add(error.id)].join(" ").trim());
    error.focus();
  }

  #hideErrors() {
    for (const error of this.querySelectorAll(".quiz-question__error")) error.hidden = true;
  }

  #say(state, message) {
    const status = this.#form?.querySelector(".quiz-question__status");
    if (!status || (status.dataset.state === state && status.textContent === message)) return;
    status.dataset.state = state;
    status.textContent = message;
  }

  /* Sending ------------------------------------------------------------------- */

  #isMine(entry) {
    const tag = this.dataset.learnerTag ?? "";
    return !entry.learner_tag || !tag || entry.learner_tag === tag;
  }

  /** Everything that may be sent by this learner, oldest first. */
  #sendable() {
    const stored = this.#store.read();
    const known = new Set(stored.map((entry) => entry.key));
    // Another tab may have sent and removed it; then the server tells us the mark.
    const mine = [...this.#unheard.values()].filter((entry) => !known.has(entry.key));
    return [...stored, ...mine].filter(
      (entry) =>
        entry.v === QUEUE_VERSION &&
        this.#isMine(entry) &&
        !this.#refused.has(entry.key) &&
        isOwnAddress(entry.url),
    );
  }

  /** What this attempt still has to get to the server. */
  #waiting() {
    return this.#sendable().filter((entry) => entry.attempt === this.dataset.attempt);
  }

  async #send() {
    clearTimeout(this.#timer);
    if (this.#isSending || this.#isStopped || this.#isGone) return;
    if (this.#sendable().length === 0) return;
    this.#isSending = true;
    let isAllSent = false;
    try {
      // One tab at a time; a browser without locks sends twice, which is harmless.
      const work = () => this.#sendAll();
      isAllSent = await (navigator.locks?.request(QUEUE_KEY, work) ?? work());
    } finally {
      this.#isSending = false;
    }
    if (this.#isGone || this.#isStopped) return;
    if (isAllSent) {
      this.#pause = 0;
      this.#showAllSaved();
      // Something may have come in while the last one was on its way.
      if (this.#waiting().length > 0) this.#send();
      return;
    }
    this.#showWaiting();
    this.#pause = Math.min(LONGEST_PAUSE_IN_S, this.#pause * 2 || 1);
    this.#timer = setTimeout(() => this.#send(), this.#pause * 1000);
  }

  /** Returns whether nothing is left to send. */
  async #sendAll() {
    const skipped = new Set();
    for (;;) {
      if (this.#isGone || this.#isStopped) return false;
      const entry = this.#sendable().find((candidate) => !skipped.has(candidate.key));
      if (!entry) return this.#waiting().length === 0;
      const isOfThisAttempt = entry.attempt === this.dataset.attempt;
      const outcome = await this.#sendOne(entry);
      if (outcome === "stored") continue;
      if (outcome === "offline" || (outcome === "later" && isOfThisAttempt)) return false;
      // An old answer of another quiz must not hold up this one.
      if (outcome === "later") skipped.add(entry.key);
      if (outcome === "refused") {
        this.#refused.add(entry.key);
        if (isOfThisAttempt) this.#say("stopped", this.#texts.refused);
      }
      if (outcome === "not-yours") {
        if (isOfThisAttempt) {
          this.#stop();
          return false;
        }
        skipped.add(entry.key);
      }
    }
  }

  async #sendOne(entry) {
    const abort = new AbortController();
    const timeout = setTimeout(() => abort.abort(), GIVE_UP_SENDING_AFTER_MS);
    let status = 0;
    let body = null;
    try {
      const headers = { "Content-Type": "application/json", Accept: "application/json" };
      const token = this.querySelector('[name="csrfmiddlewaretoken"]')?.value;
      if (token) headers["X-CSRFToken"] = token;
      const response = await fetch(entry.url, {
        method: "POST",
        credentials: "same-origin",
        headers,
        body: JSON.stringify(entry),
        signal: abort.signal,
      });
      status = response.status;
      body = await response.json().catch(() => null);
    } catch {
      return "offline";
    } finally {
      clearTimeout(timeout);
    }
    // After the exit nothing is written any more, not even a removal.
    if (this.#isGone) return "later";
    const isSameKey = body?.key === entry.key;
    const isStored = status === 200 && isSameKey;
    const wasAnswered = status === 409 && isSameKey && body.error === "already_answered";
    if (isStored || wasAnswered) {
      this.#unheard.delete(entry.key);
      this.#store.remove(entry.key);
      this.#keepResult(entry, body, wasAnswered);
      return "stored";
    }
    if ((status === 401 || status === 404) && body?.error === "not_yours") return "not-yours";
    if (status === 400 || status === 409 || status === 410 || status === 422) return "refused";
    return "later";
  }

  #keepResult(entry, body, wasAnswered) {
    if (body.learner_tag) this.dataset.learnerTag = body.learner_tag;
    if (entry.attempt !== this.dataset.attempt) return;
    const choice = body.choice ?? entry.choice;
    const { reason, sure } = entry;
    this.#results.set(entry.question, { reason, sure, ...body, choice });
    if (body.result_url) this.#resultUrl = body.result_url;
    const overview = this.parentElement?.querySelector("[data-quiz-overview]");
    if (overview) overview.hidden = false;
    if (body.progress) this.#showProgress(body.progress);
    if (this.#form?.dataset.question === entry.question) this.#showResult(wasAnswered);
    else this.#offerNext();
  }

  /* Showing what happened ----------------------------------------------------- */

  #showResult(wasAnswered) {
    const form = this.#form;
    const result = this.#results.get(form.dataset.question);
    const hadFocus = form.contains(document.activeElement) || document.activeElement === document.body;
    this.#check(form, result);
    this.#lock(form, "answered");
    if (this.dataset.explains !== "later") this.#markChoices(form, result);
    form.querySelector(".quiz-question__actions")?.setAttribute("hidden", "");
    // Of a question that was shown with an answer already.
    this.querySelector(":scope > .quiz-question__next")?.remove();

    const feedback = this.#feedback(form);
    if (this.dataset.explains === "later") {
      this.#showKept(feedback, wasAnswered ? result.message : "", hadFocus);
      return;
    }
    const marked = result.is_right ? "right" : result.won ? "partly" : "wrong";
    feedback.dataset.state = result.is_marked === false ? "saved" : marked;
    // Rendered and escaped by our own server.
    feedback.innerHTML = result.feedback_html ?? "";
    let title = feedback.querySelector(".quiz-question__feedback-title, h2, h3, h4");
    if (!title) {
      const word = result.is_right ? this.#texts.right : this.#texts.wrong;
      title = element("h2", "quiz-question__feedback-title", result.message ?? word);
      feedback.prepend(title);
    } else if (wasAnswered && result.message) {
      title.after(element("p", "", result.message));
    }
    title.tabIndex = -1;
    this.#offerNext();
    if (hadFocus) title.focus();
  }

  /** Where the explanation comes later: that it is there, and can still change. */
  #showKept(feedback, message, hadFocus) {
    feedback.dataset.state = "saved";
    const title = element("h2", "quiz-question__feedback-title", this.#texts.kept);
    title.tabIndex = -1;
    feedback.replaceChildren(title);
    if (message) feedback.append(element("p", "", message));
    this.#offerNext();
    if (this.dataset.overviewUrl && !message) {
      const change = this.#control("", this.#texts.change);
      change.dataset.variant = "quiet";
      change.dataset.action = "change";
      const next = feedback.querySelector(".quiz-question__next");
      if (next) next.append(" ", change);
      else feedback.append(change);
    }
    if (hadFocus) title.focus();
  }

  /** Opens the question again. What was saved stays saved until another answer is. */
  #change() {
    const form = this.#form;
    const { question } = form.dataset;
    this.dataset.answered = [this.dataset.answered, question].filter(Boolean).join(" ");
    this.#results.delete(question);
    form.dataset.state = "open";
    form.querySelector(".quiz-question__feedback")?.remove();
    form.querySelector(".quiz-question__actions")?.removeAttribute("hidden");
    form.querySelector('[type="submit"]')?.removeAttribute("aria-disabled");
    for (const fieldset of form.querySelectorAll("fieldset")) fieldset.disabled = false;
    const status = form.querySelector(".quiz-question__status");
    if (status) {
      status.textContent = "";
      delete status.dataset.state;
    }
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }

  #feedback(form) {
    let feedback = form.querySelector(".quiz-question__feedback");
    if (!feedback) {
      feedback = element("div", "quiz-question__feedback");
      form.append(feedback);
    }
    return feedback;
  }

  /** In words and a sign, never in colour alone. */
  #markChoices(form, result) {
    for (const input of form.querySelectorAll(".choice__input")) {
      const state = this.#choiceState(input, result);
      const choice = input.closest(".choice");
      choice.querySelector(".choice__mark")?.remove();
      if (!state) continue;
      this.#mark(choice, state);
    }
    // What was given a place: the server says it per item.
    for (const item of form.querySelectorAll("[data-item]")) {
      const state = result.choices?.[item.dataset.item];
      item.querySelector(".choice__mark")?.remove();
      if (state) this.#mark(item, state);
    }
  }

  #mark(owner, state) {
    owner.dataset.state = state;
    const mark = element("span", "choice__mark");
    if (MARK_ICONS[state]) mark.append(this.#icon(MARK_ICONS[state]));
    mark.append(this.#texts[state]);
    owner.append(mark);
  }

  #choiceState(input, result) {
    if (input.name === "sure" || result.is_marked === false) return "";
    const told = result.choices?.[input.value];
    if (told) return told;
    if (!input.checked) return "";
    // Of several boxes we know only whether all of it was right.
    if (input.name === "choice" && result.is_right === true) return "right";
    const isOneOfOne = input.type === "radio" && !result.reason;
    if (isOneOfOne && result.is_right === false) return "wrong";
    return "chosen";
  }

  #icon(path) {
    const namespace = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(namespace, "svg");
    const attributes = {
      class: "icon",
      viewBox: "0 0 24 24",
      fill: "none",
      stroke: "currentColor",
      "stroke-width": "2.5",
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
      "aria-hidden": "true",
    };
    for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
    const line = document.createElementNS(namespace, "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  #showAllSaved() {
    if (this.#results.size > 0 || this.#form?.dataset.state === "answered") {
      this.#say("saved", this.#texts.saved);
    }
    this.#offerNext();
  }

  #showWaiting() {
    const count = this.#waiting().length;
    if (count === 0) return;
    const amount =
      count === 1 ? this.#texts.waitingOne : this.#texts.waitingMany.replace("{count}", count);
    this.#say("waiting", `${this.#texts.waiting} ${amount}`);

    const form = this.#form;
    if (form?.dataset.state !== "saving" && form?.dataset.state !== "waiting") return;
    const isFirstTime = form.dataset.state === "saving";
    form.dataset.state = "waiting";
    form.querySelector(".quiz-question__actions")?.setAttribute("hidden", "");
    const feedback = this.#feedback(form);
    if (feedback.dataset.state !== "waiting") {
      feedback.dataset.state = "waiting";
      const isMarked = !form.hasAttribute("data-unmarked") && this.dataset.explains !== "later";
      const text = isMarked ? this.#texts.waitingFeedback : this.#texts.waitingUnmarked;
      const title = element("h2", "quiz-question__feedback-title", text);
      title.tabIndex = -1;
      feedback.replaceChildren(title);
      if (form.hasAttribute("data-typed")) {
        feedback.append(element("p", "", this.#texts.waitingTyped));
      }
      if (isFirstTime) title.focus();
    }
    this.#offerNext();
  }

  #stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#say("stopped", this.#texts.notYours);
    const status = this.#form?.querySelector(".quiz-question__status");
    if (!status || !this.dataset.returnUrl) return;
    const link = element("a", "", this.#texts.returnLink);
    link.href = this.dataset.returnUrl;
    status.append(" ", link);
  }

  #showProgress({ answered, total }) {
    this.#answeredCount = answered;
    const bar = this.querySelector(".quiz-progress__bar");
    if (!bar) return;
    bar.max = total;
    bar.value = Math.min(total, answered + this.#waiting().length);
  }

  /* Going on ------------------------------------------------------------------ */

  async #fetchQuestions() {
    if (this.#questions.size > 0 || !this.dataset.questionsUrl) return;
    try {
      const response = await fetch(this.dataset.questionsUrl, {
        credentials: "same-origin",
        headers: { Accept: "text/html", "X-Fragment": "questions" },
      });
      if (!response.ok || response.redirected) return;
      const template = document.createElement("template");
      template.innerHTML = await response.text();
      // Pictures too, for when the network is gone by then.
      for (const { src } of template.content.querySelectorAll("img")) new Image().src = src;
      for (const item of template.content.querySelectorAll("li[data-question]")) {
        const form = item.querySelector("form.quiz-question");
        if (!form) continue;
        this.#questions.set(item.dataset.question, {
          html: form.outerHTML,
          url: item.dataset.url ?? "",
          isAnswered: form.dataset.state === "answered",
        });
      }
    } catch {
      // Without them "next" is an ordinary link.
    }
    if (!this.#isGone) this.#offerNext();
  }

  #isOpen(question) {
    if (this.#results.has(question) || this.#questions.get(question)?.isAnswered) return false;
    if (this.dataset.answered?.split(" ").includes(question)) return false;
    return !this.#waiting().some((entry) => entry.question === question);
  }

  /** The next open question after this one, then those skipped before it. */
  #nextQuestion() {
    const order = [...this.#questions.keys()];
    const here = order.indexOf(this.#form?.dataset.question);
    return [...order.slice(here + 1), ...order.slice(0, here + 1)].find((question) =>
      this.#isOpen(question),
    );
  }

  #offerNext() {
    const form = this.#form;
    if (form?.dataset.state !== "answered" && form?.dataset.state !== "waiting") return;
    // A device that keeps nothing must not walk away from an answer.
    if (form.dataset.state === "waiting" && !this.#mayKeep(form)) return;
    const feedback = this.#feedback(form);
    const result = this.#results.get(form.dataset.question);
    if (!result && form.dataset.state === "answered") return;

    const question = this.#nextQuestion();
    const nextUrl = question ? this.#questions.get(question).url : "";
    let next = feedback.querySelector(".quiz-question__next");
    if (!next) {
      next = element("p", "quiz-question__next");
      feedback.append(next);
    }
    const hadFocus = next.contains(document.activeElement);
    let control = null;
    if (question) {
      control = this.#control(nextUrl || result?.next_url, this.#texts.next);
      control.dataset.action = "next";
    } else if (this.#questions.size === 0 && result?.next_url && !result.is_complete) {
      control = this.#control(result.next_url, this.#texts.next);
    } else if (this.#waiting().length > 0) {
      const waits = this.dataset.overviewUrl ? this.#texts.overviewWaits : this.#texts.resultWaits;
      if (this.#questions.size > 0) next.textContent = waits;
      return;
    } else if (this.dataset.overviewUrl && (this.#questions.size > 0 || result?.is_complete)) {
      control = this.#control(this.#overviewUrl, this.#texts.overview);
    } else if (this.#resultUrl && (this.#questions.size > 0 || result?.is_complete)) {
      control = this.#control(this.#resultUrl, this.#texts.result);
    }
    if (!control) return;
    const change = next.querySelector('[data-action="change"]');
    next.replaceChildren(control, ...(change ? [" ", change] : []));
    if (hadFocus) control.focus();
  }

  /** The attempt may be one that was taken up again since the page was made. */
  get #overviewUrl() {
    return this.dataset.overviewUrl.replace(/[0-9a-f-]{36}/, this.dataset.attempt);
  }

  #control(url, text) {
    const control = element(url ? "a" : "button", "button", text);
    if (url) control.href = url;
    else control.type = "button";
    return control;
  }

  #goOn(event) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (event.target.closest('[data-action="change"]')) {
      this.#change();
      return;
    }
    const control = event.target.closest('[data-action="next"]');
    if (!control || !isPlain) return;
    const question = this.#nextQuestion();
    if (!question) return;
    event.preventDefault();
    this.#showQuestion(question);
  }

  /** The introduction goes; what stays is the small title that a later question's own page has. */
  #leaveStart() {
    const start = this.parentElement?.querySelector("[data-quiz-start]");
    const title = start?.querySelector("h1");
    if (!title) return;
    title.className = "eyebrow";
    start.replaceWith(title);
  }

  #showQuestion(question) {
    const { html, url } = this.#questions.get(question);
    const template = document.createElement("template");
    template.innerHTML = html;
    const form = template.content.firstElementChild;
    this.querySelector(".quiz-question").replaceWith(form);
    this.querySelector(":scope > .quiz-question__next")?.remove();
    this.#leaveStart();
    if (url) history.replaceState(history.state, "", url);

    const number = [...this.#questions.keys()].indexOf(question) + 1;
    const total = this.#questions.size;
    const text = this.querySelector(".quiz-progress__text");
    if (text) {
      text.textContent = this.#texts.progress.replace("{number}", number).replace("{total}", total);
    }
    this.#showProgress({ answered: this.#answeredCount, total });
    this.#prepareForm();
    this.scrollIntoView({ block: "start" });
    const prompt = form.querySelector(".quiz-question__prompt") ?? form;
    prompt.tabIndex = -1;
    prompt.focus({ preventScroll: true });
    // A live region speaks only of what changes after it is there.
    setTimeout(() => {
      if (!this.#isGone && !this.#isSending) this.#showWaiting();
    }, 300);
  }
}

customElements.define("answer-queue", AnswerQueue);
