/**
 * The second copy of the answers that wait. A browser writes localStorage to disk seconds
 * later; this store is on disk when it says so, and survives a browser that is killed.
 * Holds what the queue holds: ids only, and nothing that was typed.
 */
const NAME = "doorzien";
const STORE = "answers";

export class AnswerBackup {
  #opened = null;

  add(entry) {
    return this.#do("readwrite", (store) => store.put(entry));
  }

  remove(key) {
    return this.#do("readwrite", (store) => store.delete(key));
  }

  async all() {
    return (await this.#do("readonly", (store) => store.getAll())) ?? [];
  }

  #open() {
    this.#opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onerror = () => reject(asked.error);
      asked.onblocked = () => reject(asked.error);
      asked.onsuccess = () => {
        // The exit throws it away: do not stand in its way.
        asked.result.onversionchange = () => asked.result.close();
        resolve(asked.result);
      };
    });
    return this.#opened;
  }

  /** What the action gives once it is on disk; nothing where the browser has no such store. */
  async #do(mode, action) {
    try {
      const database = await this.#open();
      const work = database.transaction(STORE, mode, { durability: "strict" });
      const request = action(work.objectStore(STORE));
      return await new Promise((resolve, reject) => {
        work.oncomplete = () => resolve(request.result);
        work.onabort = () => reject(work.error);
      });
    } catch {
      return undefined;
    }
  }
}
