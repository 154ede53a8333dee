/** Sends one answer, and says what the server made of it. */

const GIVE_UP_AFTER_MS = 20_000;

/** The queue is in a place where anything on this device may write. */
export function isOwnAddress(url) {
  try {
    return new URL(url, location.href).origin === location.origin;
  } catch {
    return false;
  }
}

/** randomUUID is missing on plain http, which a school may have inside its walls. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * ``outcome`` is "stored" or "answered" only when the server names this very key: on a 200, or
 * on a 409 that says that the question had its answer. Else "offline" (nothing was heard),
 * "not-yours", "refused" (never again), or "later". ``body`` is what came, or null.
 */
export async function deliver(entry, token) {
  const abort = new AbortController();
  const timeout = setTimeout(() => abort.abort(), GIVE_UP_AFTER_MS);
  try {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    if (token) headers["X-CSRFToken"] = token;
    const response = await fetch(entry.url, {
      method: "POST",
      credentials: "same-origin",
      headers,
      body: JSON.stringify(entry),
      signal: abort.signal,
    });
    const body = await response.json().catch(() => null);
    return { outcome: outcomeOf(response.status, body, entry.key), body };
  } catch {
    return { outcome: "offline", body: null };
  } finally {
    clearTimeout(timeout);
  }
}

function outcomeOf(status, body, key) {
  if (body?.key === key) {
    if (status === 200) return "stored";
    if (status === 409 && body.error === "already_answered") return "answered";
  }
  if ((status === 401 || status === 404) && body?.error === "not_yours") return "not-yours";
  return [400, 409, 410, 422].includes(status) ? "refused" : "later";
}
