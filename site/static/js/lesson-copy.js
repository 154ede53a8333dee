/**
 * Makes the copy of a lesson that a device keeps for when there is no internet: its pages, as
 * the server gives them to everybody, and the files that they show. Nothing of the learner.
 *
 * One cache per lesson and edition. A copy counts from the moment that it says what it is of,
 * which is written last: half a copy is none.
 */
const COPY_PREFIX = "doorzien.copy";
const ABOUT = "/about-this-copy";
const MOST_COPIES = 5;
const MOST_PICTURE_BYTES = 8_000_000;
// A page from the device is as strict as the same page from the server.
const SAFETY_HEADERS = [
  "Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options",
  "X-Frame-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
];

/**
 * Sees to it that this edition of the lesson is here; an older one goes. Returns what the copy
 * is of, with ``hasAllPictures``. Throws where the network or the browser's storage fails.
 */
export async function keepLesson({ lesson, version, url, signal }) {
  const name = `${COPY_PREFIX}:${lesson}@${version}`;
  let about = await aboutOf(name);
  try {
    about ??= await fill(await caches.open(name), url, signal);
    // Its day begins again each time that the lesson is opened with internet.
    if (!signal.aborted) await write(await caches.open(name), { ...about, at: Date.now() });
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  // Somebody who leaves has wiped everything: also what was written in this very moment.
  if (signal.aborted) await caches.delete(name);
  signal.throwIfAborted();
  await throwAway(lesson, name);
  return about;
}

async function aboutOf(name) {
  if (!(await caches.has(name))) return undefined;
  const kept = await (await caches.open(name)).match(ABOUT);
  return kept?.json();
}

function write(cache, about) {
  const headers = { "Content-Type": "application/json" };
  return cache.put(ABOUT, new Response(JSON.stringify(about), { headers }));
}

async function fill(cache, url, signal) {
  const response = await fetch(url, { credentials: "same-origin", signal });
  if (!response.ok) throw new Error(`no copy: ${response.status}`);
  const { lesson, first, missing, pages } = await response.json();
  const headers = new Headers({ "Content-Type": "text/html; charset=utf-8" });
  for (const header of SAFETY_HEADERS) {
    if (response.headers.has(header)) headers.set(header, response.headers.get(header));
  }
  const found = { files: usedHere(), pictures: [] };
  for (const [path, html] of Object.entries(pages)) {
    await cache.put(path, new Response(html, { headers }));
    collect(html, found);
  }
  for (const file of found.files) {
    if (!signal.aborted) await cache.add(file);
  }
  const hasAllPictures = await keepPictures(cache, found.pictures, signal);
  return { lesson, first, missing, pages: Object.keys(pages), hasAllPictures };
}

/** What this page loaded of the site itself: also the fonts, and what a script brought along. */
function usedHere() {
  const names = performance.getEntriesByType("resource").map(({ name }) => name);
  return new Set(names.filter((name) => name.startsWith(`${location.origin}/static/`)));
}

function collect(html, { files, pictures }) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const part of page.querySelectorAll('script[src], link:is([rel="modulepreload"], [rel="stylesheet"], [rel="icon"])')) {
    files.add(new URL(part.getAttribute("src") ?? part.getAttribute("href"), location.href).href);
  }
  for (const image of page.querySelectorAll("main img")) {
    image.removeAttribute("loading");
    pictures.push(image.closest("picture") ?? image);
  }
}

/** Each as large as this screen wants it. Returns whether there was room for all. */
async function keepPictures(cache, pictures, signal) {
  let bytes = 0;
  const had = new Set();
  for (const picture of pictures) {
    const url = await chosen(picture);
    if (signal.aborted) return false;
    if (!url || had.has(url)) continue;
    had.add(url);
    const response = await fetch(url, { signal });
    if (!response.ok) continue;
    bytes += (await response.clone().blob()).size;
    if (bytes > MOST_PICTURE_BYTES) return false;
    await cache.put(url, response);
  }
  return true;
}

/** Which of its files the browser takes. Only the browser knows, and tells when it has it. */
function chosen(picture) {
  const mine = document.importNode(picture, true);
  const image = mine.localName === "img" ? mine : mine.querySelector("img");
  if (image.complete) return image.currentSrc;
  return new Promise((resolve) => {
    image.onload = () => resolve(image.currentSrc);
    image.onerror = () => resolve("");
  });
}

/** Older editions of this lesson, and the copies that were not opened for longest. */
async function throwAway(lesson, name) {
  const others = [];
  for (const other of await caches.keys()) {
    if (!other.startsWith(COPY_PREFIX) || other === name) continue;
    const about = await aboutOf(other);
    if (other.startsWith(`${COPY_PREFIX}:${lesson}@`) || !about) await caches.delete(other);
    else others.push({ other, at: about.at });
  }
  others.sort((one, another) => another.at - one.at);
  for (const { other } of others.slice(MOST_COPIES - 1)) await caches.delete(other);
}
