/**
 * Steps of a lesson that somebody finished without internet. They wait as answers do: addresses
 * and random ids only, on disk before anything is sent, and taken out when the server names them.
 * To finish a step twice changes nothing, so when in doubt we send.
 */
import { deliver, isOwnAddress, newKey } from "./answer-delivery.js";
import { AnswerStore } from "./answer-store.js";

const STEPS_KEY = "doorzien.steps";
const READER_KEY = "doorzien.reader";
const LONG_ENOUGH_IN_MS = 1000;
const STEP_ADDRESS = /^\/lessen\/[\w-]+\/[\w-]+\/\d+\/klaar\/$/;

/** Who goes to another page waits for the disk, but not for one that does not answer. */
function soon(done) {
  return Promise.race([done, new Promise((resolve) => setTimeout(resolve, LONG_ENOUGH_IN_MS))]);
}

export class StepQueue {
  #store = new AnswerStore(STEPS_KEY, "doorzien-steps");
  #isSending = false;

  get isAvailable() {
    return this.#store.isAvailable;
  }

  /** A page from the device does not know whose it is; the last page with internet did. */
  get reader() {
    try {
      return localStorage.getItem(READER_KEY) ?? "";
    } catch {
      return "";
    }
  }

  set reader(tag) {
    try {
      localStorage.setItem(READER_KEY, tag);
    } catch {
      // Then no step waits here either.
    }
  }

  restore() {
    return this.#store.restore();
  }

  /** What waits of this reader; with ``lesson`` only of that one. */
  waiting(lesson = "/") {
    const { reader } = this;
    return this.#store
      .read()
      .filter(
        ({ url, learner_tag: tag }) =>
          tag === reader && isOwnAddress(url) && STEP_ADDRESS.test(url) && url.startsWith(lesson),
      );
  }

  /** Puts a step in, or finds the one that waits already. */
  async add(action) {
    const url = new URL(action, location.href).pathname;
    const waits = this.waiting().find((entry) => entry.url === url);
    if (waits) return waits;
    const entry = {
      v: 1, url, key: newKey(), learner_tag: this.reader, at: new Date().toISOString(),
    };
    await soon(this.#store.add(entry));
    return entry;
  }

  remove({ key }) {
    return soon(this.#store.remove(key));
  }

  /** Sends one; returns what ``deliver`` says of it. */
  async send(entry, isGone) {
    const { outcome } = await deliver(entry);
    // After the exit nothing is written any more, not even a removal.
    if (!isGone() && outcome === "stored") await this.remove(entry);
    return outcome;
  }

  /** Sends all that waits, oldest first, until one does not arrive; what came of the last. */
  async sendAll(isGone) {
    if (this.#isSending) return "later";
    this.#isSending = true;
    let outcome = "stored";
    try {
      for (const entry of this.waiting()) {
        if (isGone()) break;
        outcome = await this.send(entry, isGone);
        if (outcome === "offline" || outcome === "not-yours") break;
      }
    } finally {
      this.#isSending = false;
    }
    return outcome;
  }
}
