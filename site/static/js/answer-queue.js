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
 * In a step of a lesson (data-in-step) it holds one question and goes on to no other; several may
 * stand in one page, which share what they learn of whose it is (doorzien:learner).
 *
 * Attributes: data-attempt, data-edition, data-learner-tag, data-questions-url,
 * data-return-url, data-result-url; data-answered (keys of the questions that the server has
 * an answer to); data-explains="later" where nothing is told of what is right until the
 * learner hands in, and data-overview-url for the page to do so; data-may-resume when the
 * server knows of no attempt of this quiz, so that one which waits here may be taken up.
 * Texts: <template class="answer-queue__texts"> with [data-text] elements.
 */
import { deliver, isOwnAddress, newKey } from "./answer-delivery.js";
import { AnswerStore, QUEUE_KEY } from "./answer-store.js";
import { textsOf } from "./answer-texts.js";
import { control, element, explain, feedbackOf, markChoices, titled } from "./question-feedback.js";
import { givenIn, hideErrors, isComplete, lock, putBack, reopen, say } from "./question-form.js";
import { QuestionList } from "./question-list.js";

const QUEUE_VERSION = 1;
const LONGEST_PAUSE_IN_S = 30;
const HEARD = ["doorzien:exit", "doorzien:learner"];
/** For a page from the device, which is nobody's: what its last page with internet knew. */
const READER_KEY = "doorzien.reader";

/** A question in a step says so in the address, and has an attempt of its page. */
function isFromStep(entry) {
  return new URL(entry.url, location.href).searchParams.has("vraag");
}

class AnswerQueue extends HTMLElement {
  #store = null;
  #texts = {};
  /** key → entry: what this tab has sent and heard nothing of yet. */
  #unheard = new Map();
  /** What was answered since this page was opened, by whoever sits here. */
  #answeredHere = [];
  /** question → what the server said of it. */
  #results = new Map();
  #questions = new QuestionList();
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
    for (const name of ["visibilitychange", ...HEARD]) document.addEventListener(name, this);
    // The script may be there before the parser has reached the question.
    if (document.readyState !== "loading") this.#begin();
    else document.addEventListener("DOMContentLoaded", () => this.#begin(), { once: true });
  }

  disconnectedCallback() {
    this.#isGone = true;
    clearTimeout(this.#timer);
    for (const name of ["submit", "click", "change", "input"]) this.removeEventListener(name, this);
    for (const name of ["online", "pageshow", "storage"]) window.removeEventListener(name, this);
    for (const name of ["visibilitychange", ...HEARD]) document.removeEventListener(name, this);
  }

  async #begin() {
    if (this.#isGone) return;
    this.#texts = textsOf(this);
    this.#answeredCount = Number(this.querySelector(".quiz-progress__bar")?.value) || 0;
    if (this.#isInStep && !this.dataset.attempt) this.#beOfThisDevice();
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
        hideErrors(this);
        break;
      case "storage":
        // Another tab has left the site and wiped everything: keep nothing here either.
        if (event.key === null) this.#forgetEverything();
        break;
      case "doorzien:exit":
        this.#forgetEverything();
        break;
      case "doorzien:learner":
        this.#beOf(event.detail);
        break;
      default:
        if (document.hidden) return;
        this.#pause = 0;
        if (event.type === "pageshow" && event.persisted) this.#prepareForm();
        if (event.type === "online") this.#fetchQuestions();
        this.#send();
    }
  }

  get #isInStep() {
    return this.hasAttribute("data-in-step");
  }

  /** One attempt for the whole page: the server tells the quizzes apart. */
  #beOfThisDevice() {
    document.documentElement.dataset.attempt ||= newKey();
    this.#goOnWith(document.documentElement.dataset.attempt);
    try {
      this.dataset.learnerTag = localStorage.getItem(READER_KEY) ?? "";
    } catch {
      // Then it is nobody's yet, as for a first answer.
    }
  }

  /** Another question on this page heard who we are: what was answered here is theirs too. */
  #beOf(tag) {
    if (this.dataset.learnerTag) return;
    this.dataset.learnerTag = tag;
    for (const entry of this.#answeredHere) {
      if (!this.#unheard.has(entry.key)) continue;
      entry.learner_tag = tag;
      if (this.#mayKeep(this.#form)) this.#store.add(entry);
    }
  }

  get #form() {
    return this.querySelector("form.quiz-question");
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
        isFromStep(entry) === this.#isInStep &&
        String(entry.edition) === this.dataset.edition &&
        entry.learner_tag === (this.dataset.learnerTag ?? ""),
    );
    const fresh = this.dataset.attempt;
    if (!waits || !/^[0-9a-f-]{36}$/.test(waits.attempt) || waits.attempt === fresh) return;
    const { questionsUrl } = this.dataset;
    if (questionsUrl) this.dataset.questionsUrl = questionsUrl.replace(fresh, waits.attempt);
    this.#resultUrl = this.#resultUrl.replace(fresh, waits.attempt);
    this.#goOnWith(waits.attempt);
  }

  #goOnWith(attempt) {
    this.dataset.attempt = attempt;
    const field = this.#form?.elements.namedItem("attempt");
    if (field) field.value = attempt;
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
    putBack(form, entry);
    lock(form, "waiting");
  }

  #answer(event) {
    const form = event.target.closest("form.quiz-question");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.state !== "open" || !isComplete(form)) return;

    const entry = {
      v: QUEUE_VERSION,
      url: new URL(form.action).pathname + new URL(form.action).search,
      attempt: this.dataset.attempt,
      edition: Number(this.dataset.edition),
      question: form.dataset.question,
      key: newKey(),
      ...givenIn(form),
      learner_tag: this.dataset.learnerTag ?? "",
      at: new Date().toISOString(),
    };
    const keyInput = form.elements.namedItem("key");
    if (keyInput) keyInput.value = entry.key;
    this.#unheard.set(entry.key, entry);
    this.#answeredHere.push(entry);
    if (this.#mayKeep(form)) this.#store.add(entry);
    if (!this.#store.isAvailable) this.#warnAboutStorage();
    lock(form, "saving");
    this.#say("saving", this.#texts.saving);
    this.#pause = 0;
    this.#send();
  }

  /** Words that somebody typed are never kept on a device, not even for a moment. */
  #mayKeep(form) {
    return this.#store.isAvailable && !form.hasAttribute("data-typed");
  }

  #say(state, message) {
    say(this.#form, state, message);
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

  /** Of this attempt; in a step, of this question in it. */
  #isHere(entry) {
    if (entry.attempt !== this.dataset.attempt) return false;
    return !this.#isInStep || entry.question === this.#form?.dataset.question;
  }

  /** What this attempt still has to get to the server. */
  #waiting() {
    return this.#sendable().filter((entry) => this.#isHere(entry));
  }

  async #send() {
    clearTimeout(this.#timer);
    if (this.#isSending || this.#isGone) return;
    if (this.#isStopped) {
      this.#showWaiting();
      return;
    }
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
      const isOfThisAttempt = this.#isHere(entry);
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
          this.#isStopped = true;
          clearTimeout(this.#timer);
          this.#showWaiting();
          return false;
        }
        skipped.add(entry.key);
      }
    }
  }

  async #sendOne(entry) {
    const token = this.querySelector('[name="csrfmiddlewaretoken"]')?.value;
    const { outcome, body } = await deliver(entry, token);
    // After the exit nothing is written any more, not even a removal.
    if (this.#isGone) return "later";
    if (outcome !== "stored" && outcome !== "answered") return outcome;
    this.#unheard.delete(entry.key);
    this.#store.remove(entry.key);
    this.#keepResult(entry, body, outcome === "answered");
    return "stored";
  }

  #keepResult(entry, body, wasAnswered) {
    if (body.learner_tag) {
      const detail = body.learner_tag;
      this.dataset.learnerTag = detail;
      document.dispatchEvent(new CustomEvent("doorzien:learner", { detail }));
    }
    if (!this.#isHere(entry)) return;
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
    const hadFocus = form.contains(document.activeElement) || this.#mayTakeFocus(form);
    putBack(form, result);
    lock(form, "answered");
    form.querySelector(".quiz-question__actions")?.setAttribute("hidden", "");
    // Of a question that was shown with an answer already.
    this.querySelector(":scope > .quiz-question__next")?.remove();

    const note = wasAnswered ? (result.message ?? "") : "";
    if (this.dataset.explains === "later") {
      this.#showKept(form, note, hadFocus);
      return;
    }
    markChoices(form, result, this.#texts);
    const title = explain(form, result, this.#texts, note);
    this.#offerNext();
    if (hadFocus) title.focus();
  }

  /** Nobody has it; but who reads on in a lesson is not called back to a question. */
  #mayTakeFocus(form) {
    if (document.activeElement !== document.body) return false;
    return !this.#isInStep || form.dataset.state === "saving";
  }

  /** Where the explanation comes later: that it is there, and can still change. */
  #showKept(form, message, hadFocus) {
    const feedback = feedbackOf(form);
    feedback.dataset.state = "saved";
    const title = titled(this.#texts.kept);
    feedback.replaceChildren(title);
    if (message) feedback.append(element("p", "", message));
    this.#offerNext();
    if (this.dataset.overviewUrl && !message) {
      const change = control("", this.#texts.change);
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
    reopen(form);
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
    if (this.#isStopped) this.#sayWhoAreYou();
    else this.#sayHowMany(count);

    const form = this.#form;
    if (form?.dataset.state !== "saving" && form?.dataset.state !== "waiting") return;
    const isFirstTime = form.dataset.state === "saving";
    form.dataset.state = "waiting";
    form.querySelector(".quiz-question__actions")?.setAttribute("hidden", "");
    const feedback = feedbackOf(form);
    if (feedback.dataset.state !== "waiting") {
      feedback.dataset.state = "waiting";
      const isMarked = !form.hasAttribute("data-unmarked") && this.dataset.explains !== "later";
      const text = isMarked ? this.#texts.waitingFeedback : this.#texts.waitingUnmarked;
      const title = titled(text);
      feedback.replaceChildren(title);
      if (form.hasAttribute("data-typed")) {
        feedback.append(element("p", "", this.#texts.waitingTyped));
      }
      if (isFirstTime) title.focus();
    }
    this.#offerNext();
  }

  #sayHowMany(count) {
    const amount =
      count === 1 ? this.#texts.waitingOne : this.#texts.waitingMany.replace("{count}", count);
    this.#say("waiting", `${this.#texts.waiting} ${amount}`);
  }

  /** On every question that follows as well: until the learner says who they are, all waits. */
  #sayWhoAreYou() {
    const status = this.#form?.querySelector(".quiz-question__status");
    if (status?.dataset.state === "stopped") return;
    this.#say("stopped", this.#texts.notYours);
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
    await this.#questions.load(this.dataset.questionsUrl);
    if (!this.#isGone) this.#offerNext();
  }

  #isOpen(question) {
    if (this.#results.has(question) || this.#questions.get(question)?.isAnswered) return false;
    if (this.dataset.answered?.split(" ").includes(question)) return false;
    return !this.#waiting().some((entry) => entry.question === question);
  }

  /** The next open question after this one, then those skipped before it. */
  #nextQuestion() {
    return this.#questions.nextAfter(this.#form?.dataset.question, (question) =>
      this.#isOpen(question),
    );
  }

  #offerNext() {
    if (this.#isInStep) return; // the lesson goes on below
    const form = this.#form;
    if (form?.dataset.state !== "answered" && form?.dataset.state !== "waiting") return;
    // A device that keeps nothing must not walk away from an answer.
    if (form.dataset.state === "waiting" && !this.#mayKeep(form)) return;
    const feedback = feedbackOf(form);
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
    let made = null;
    if (question) {
      made = control(nextUrl || result?.next_url, this.#texts.next);
      made.dataset.action = "next";
    } else if (this.#questions.size === 0 && result?.next_url && !result.is_complete) {
      made = control(result.next_url, this.#texts.next);
    } else if (this.#waiting().length > 0) {
      const waits = this.dataset.overviewUrl ? this.#texts.overviewWaits : this.#texts.resultWaits;
      if (this.#questions.size > 0) next.textContent = waits;
      return;
    } else if (this.dataset.overviewUrl && (this.#questions.size > 0 || result?.is_complete)) {
      made = control(this.#overviewUrl, this.#texts.overview);
    } else if (this.#resultUrl && (this.#questions.size > 0 || result?.is_complete)) {
      made = control(this.#resultUrl, this.#texts.result);
    }
    if (!made) return;
    // What stands there already stays: a press on a link that is replaced while the finger is
    // down goes to nothing.
    if (next.firstElementChild?.isEqualNode(made)) return;
    const change = next.querySelector('[data-action="change"]');
    next.replaceChildren(made, ...(change ? [" ", change] : []));
    if (hadFocus) made.focus();
  }

  /** The attempt may be one that was taken up again since the page was made. */
  get #overviewUrl() {
    return this.dataset.overviewUrl.replace(/[0-9a-f-]{36}/, this.dataset.attempt);
  }

  #goOn(event) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (event.target.closest('[data-action="change"]')) {
      this.#change();
      return;
    }
    if (!event.target.closest('[data-action="next"]') || !isPlain) return;
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
    const { url } = this.#questions.get(question);
    const form = this.#questions.formOf(question);
    this.querySelector(".quiz-question").replaceWith(form);
    this.querySelector(":scope > .quiz-question__next")?.remove();
    this.#leaveStart();
    if (url) history.replaceState(history.state, "", url);

    const number = this.#questions.numberOf(question);
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
