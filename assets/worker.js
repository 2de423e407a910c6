// The crew site's service worker: a crew page that was seen opens without a signal. GET /worker.js
// serves ticks.js and this as one. Always: the network comes first; only a good page is kept, never
// a personal link, a refusal or a change; a page that the server no longer shows is forgotten, and
// the ticks that waited for it.
"use strict";

const pagesName = "pages";
const assetsName = "assets";
const pagesMost = 20;
// On a weak signal: how long the network may take before the saved copy is shown.
const patience = 5000;
const goneStatuses = [401, 403, 404, 410];

const assetsOf = (page) => [...new Set(page.match(/\/assets\/[\w.-]+/g))];

// Assets carry a digest in their names, so an old one is of use to an old page only.
const tidy = async () => {
  const pages = await caches.open(pagesName);
  const assets = await caches.open(assetsName);
  const kept = await pages.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - pagesMost))) await pages.delete(old);
  const texts = await Promise.all((await pages.matchAll()).map((page) => page.text()));
  const used = new Set(texts.flatMap(assetsOf));
  for (const asset of await assets.keys())
    if (!used.has(new URL(asset.url).pathname)) await assets.delete(asset);
};

// With all that it needs to be shown, or not at all. The newest is the last of its cache.
const keep = async (path, answer) => {
  const assets = await caches.open(assetsName);
  for (const asset of assetsOf(await answer.clone().text()))
    if (!(await assets.match(asset))) await assets.add(asset);
  const pages = await caches.open(pagesName);
  await pages.delete(path);
  await pages.put(path, answer);
  await tidy();
};

const forget = async (path) => {
  await (await caches.open(pagesName)).delete(path);
  await ticks.forget(path);
  await tidy();
};

// The saved copy says that it is one: the server wrote when it was rendered, and hid it.
const savedCopy = async (path) => {
  const saved = await (await caches.open(pagesName)).match(path);
  if (!saved) return undefined;
  const headers = new Headers(saved.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const text = await saved.text();
  return new Response(text.replace('<p class="saved" hidden>', '<p class="saved">'), { headers });
};

const fromNetwork = async (request, path, alive) => {
  const answer = await fetch(request);
  const type = answer.headers.get("Content-Type") || "";
  if (goneStatuses.includes(answer.status)) await forget(path);
  else if (answer.status === 200 && !answer.redirected && type.startsWith("text/html"))
    alive(keep(path, answer.clone()).catch(() => {}));
  return answer;
};

const openPage = async (request, path, alive) => {
  const answering = fromNetwork(request, path, alive);
  alive(answering.catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, patience));
  const answer = await Promise.race([answering.catch(() => undefined), late]);
  if (answer && answer.status < 500) return answer;
  return (await savedCopy(path)) || answering;
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const alive = (work) => event.waitUntil(work);
  if (/^\/charters\/[^/]+$/.test(pathname)) {
    // Only a person who opens it is shown a copy; crew.js asks for what stands now.
    const show = request.mode === "navigate" ? openPage : fromNetwork;
    event.respondWith(show(request, pathname, alive));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(
      caches
        .match(request, { cacheName: assetsName, ignoreVary: true })
        .then((saved) => saved || fetch(request)),
    );
  }
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "ticks") return;
  const sending = ticks.send().then(({ left }) => {
    // The browser then tries again, later and later.
    if (left) throw new Error("ticks are left");
  });
  event.waitUntil(sending);
});

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) =>
  event.waitUntil(tidy().then(() => self.clients.claim())),
);
