/**
 * Stands in for the site when there is no internet: shows pages of a lesson that this device
 * has a copy of (js/lesson-copy.js), and for every other page the one that says so.
 *
 * The network always goes first. Nothing is kept here, and what is sent (a form, an answer)
 * does not come past. Where no copy is left, this script goes too.
 */
const COPY_PREFIX = "doorzien.copy";
const ABOUT = "/about-this-copy";
const KEEP_FOR_MS = 24 * 60 * 60 * 1000;
const GIVE_UP_AFTER_MS = 20_000;
const FILES = ["style", "script", "font", "image"];

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    const shown = page(request);
    event.respondWith(shown);
    // After the page: while it is looked for among the copies, none of them may go.
    event.waitUntil(shown.catch(() => {}).then(throwAwayOld));
  } else if (FILES.includes(request.destination)) {
    event.respondWith(file(request));
  }
});

async function page(request) {
  const asked = fetch(request);
  try {
    return await inTime(asked);
  } catch {
    // Without a copy it goes on waiting, and fails as it would have without this script.
    return (await keptPage(new URL(request.url).pathname)) ?? asked;
  }
}

/** A network that takes everything and gives nothing is no network. */
function inTime(asked) {
  const late = new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error("too late")), GIVE_UP_AFTER_MS);
  });
  return Promise.race([asked, late]);
}

/** The copies that may still be shown, the newest first: of each its name, and what it is of. */
async function copies() {
  const names = (await caches.keys()).filter((name) => name.startsWith(COPY_PREFIX));
  const all = await Promise.all(
    names.map(async (name) => {
      // Not by opening it: that would make a cache again that has just been thrown away.
      const about = await caches.match(ABOUT, { cacheName: name });
      return about && { name, ...(await about.json()) };
    }),
  );
  return all.filter(Boolean).sort((one, other) => other.at - one.at);
}

function isOld({ at }) {
  const age = Date.now() - at;
  return age > KEEP_FOR_MS || age < -KEEP_FOR_MS;
}

async function keptPage(path) {
  const fresh = (await copies()).filter((copy) => !isOld(copy));
  for (const { name, lesson, first, pages } of fresh) {
    if (path === lesson) return Response.redirect(first);
    if (pages.includes(path)) return caches.match(path, { cacheName: name });
  }
  return fresh[0] && caches.match(fresh[0].missing, { cacheName: fresh[0].name });
}

async function throwAwayOld() {
  const all = await copies();
  await Promise.all(all.filter(isOld).map(({ name }) => caches.delete(name)));
  if (all.length > 0 && all.every(isOld)) await self.registration.unregister();
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = (await caches.match(request.url, { ignoreVary: true })) ?? (await twin(request));
    if (kept) return kept;
    throw error;
  }
}

/** Another size of the same photo: a phone that was turned asks for one that was not fetched. */
async function twin(request) {
  const [stem, size] = request.url.split(".width-");
  if (!size) return undefined;
  for (const { name } of await copies()) {
    const cache = await caches.open(name);
    const found = (await cache.keys()).find(({ url }) => url.startsWith(`${stem}.width-`));
    if (found) return cache.match(found, { ignoreVary: true });
  }
  return undefined;
}
