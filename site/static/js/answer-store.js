/**
 * What waits to be sent (answers; finished steps), in the browser's storage: ids only, and never a
 * word that was typed. With a second copy that is on disk at once (answer-backup.js).
 */
import { AnswerBackup } from "./answer-backup.js";

export const QUEUE_KEY = "doorzien.answers";

const DAY_MS = 24 * 60 * 60 * 1000;
const KEEP_FOR_MS = DAY_MS;
// Nothing waits this long: the device's clock was wrong, then or now.
const CLOCK_WAS_SET_MS = 30 * DAY_MS;

/** The queue on disk. Another tab may change it at any moment: read it, do not remember it. */
export class AnswerStore {
  #key;
  #backup;

  constructor(key = QUEUE_KEY, backup = "doorzien") {
    this.#key = key;
    this.#backup = new AnswerBackup(backup);
    this.isAvailable = true;
    this.#try(() => {
      localStorage.setItem(`${key}.test`, "1");
      localStorage.removeItem(`${key}.test`);
    });
  }

  read() {
    const entries = this.#try(() => JSON.parse(localStorage.getItem(this.#key) ?? "[]"));
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

  /** There at once; resolves when it is on disk. */
  add(entry) {
    const others = this.read().filter((other) => other.key !== entry.key);
    this.#write([...others, entry]);
    return this.#backup.add(entry);
  }

  remove(key) {
    this.#write(this.read().filter((entry) => entry.key !== key));
    return this.#backup.remove(key);
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
      if (entries.length > 0) localStorage.setItem(this.#key, JSON.stringify(entries));
      else localStorage.removeItem(this.#key);
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
