/**
 * The second copy of the answers that wait. A browser writes localStorage to disk seconds
 * later; this store is on disk when it says so, and survives a browser that is killed.
 * Holds what the queue holds: ids only, and nothing that was typed. It is there while
 * something waits, and gone with the last of it.
 */
const STORE = "answers";

export class AnswerBackup {
  #name;
  #opened = null;
  /** One thing after the other: what is thrown away must not be in use. */
  #turn = Promise.resolve();

  constructor(name) {
    this.#name = name;
  }

  add(entry) {
    return this.#next(() => this.#do("readwrite", (store) => store.put(entry)));
  }

  remove(key) {
    return this.#next(async () => {
      if (!(await this.#exists())) return;
      await this.#do("readwrite", (store) => store.delete(key));
      if ((await this.#do("readonly", (store) => store.count())) === 0) await this.#throwAway();
    });
  }

  async all() {
    const found = await this.#next(async () =>
      (await this.#exists()) ? this.#do("readonly", (store) => store.getAll()) : [],
    );
    return found ?? [];
  }

  /** Nothing comes back where the browser has no such store, or does not let us in. */
  #next(action) {
    this.#turn = this.#turn.then(action).catch(() => undefined);
    return this.#turn;
  }

  /** To look must not make one; a browser that cannot tell is taken to have one. */
  async #exists() {
    const all = await indexedDB.databases?.();
    return !all || all.some(({ name }) => name === this.#name);
  }

  #open() {
    this.#opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open(this.#name, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onerror = () => reject(asked.error);
      asked.onblocked = () => reject(asked.error);
      asked.onsuccess = () => {
        // The exit, or another tab, throws it away: do not stand in its way.
        asked.result.onversionchange = () => this.#close(asked.result);
        resolve(asked.result);
      };
    });
    return this.#opened;
  }

  #close(database) {
    database.close();
    this.#opened = null;
  }

  async #throwAway() {
    this.#close(await this.#open());
    await new Promise((resolve) => {
      const asked = indexedDB.deleteDatabase(this.#name);
      asked.onsuccess = asked.onerror = asked.onblocked = resolve;
    });
  }

  /** What the action gives, once it is on disk. */
  async #do(mode, action) {
    const database = await this.#open();
    const work = database.transaction(STORE, mode, { durability: "strict" });
    const request = action(work.objectStore(STORE));
    return new Promise((resolve, reject) => {
      work.oncomplete = () => resolve(request.result);
      work.onabort = () => reject(work.error);
    });
  }
}
