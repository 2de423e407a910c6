// Ticks that wait to be sent, kept in the browser's own store so that they outlive a reload, a
// closed browser and an empty battery. The crew page and the worker (worker.js) both have this file.
// Always: at most one for each item, its last state; sent oldest first; sending one twice does no
// harm, for a tick says how the item is and not that it turned.
"use strict";

const ticks = (() => {
  const most = 300;
  // A pass ends two days after its trip; what waited so long can never be taken.
  const longest = 30 * 24 * 3600 * 1000;
  const patience = 15000;
  let opened;

  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const open = () => {
    const request = indexedDB.open("ticks", 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore("waiting", { keyPath: "id", autoIncrement: true });
    return asked(request);
  };

  // Resolves with what body returns once all that it did is on the disk, or nothing of it is.
  const within = async (mode, body) => {
    opened ??= open().catch((error) => {
      opened = undefined;
      throw error;
    });
    const deed = (await opened).transaction("waiting", mode, { durability: "strict" });
    const over = new Promise((resolve, reject) => {
      deed.oncomplete = resolve;
      deed.onabort = () => reject(deed.error);
    });
    const result = await body(deed.objectStore("waiting"));
    await over;
    return result;
  };

  const all = () => within("readonly", (store) => asked(store.getAll()));

  // Whether it waits now: two taps that nobody was told of cancel out, and what others did
  // meanwhile stays.
  const add = (tick) =>
    within("readwrite", async (store) => {
      const waiting = await asked(store.getAll());
      const before = waiting.find((one) => one.address === tick.address);
      if (!before && waiting.length >= most) throw new Error("too many ticks wait");
      if (before) store.delete(before.id);
      if (before && !before.tried && before.done !== tick.done) return false;
      store.add({ ...tick, tried: Boolean(before), at: Date.now() });
      return true;
    });

  // Not if a later tap has taken its place.
  const note = (tick, what) =>
    within("readwrite", async (store) => {
      const now = await asked(store.get(tick.id));
      if (now) store.put({ ...now, ...what });
    });

  const drop = (gone) =>
    within("readwrite", async (store) => {
      for (const tick of await asked(store.getAll())) if (gone(tick)) store.delete(tick.id);
    });

  // null: no network, no answer in time, or one that is not ours (a harbour's sign-in page, say).
  const post = async ({ address, done }) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ done }),
        redirect: "error",
        signal: stop.signal,
      });
      const type = answer.headers.get("Content-Type") || "";
      const ours = /^application\/(problem\+)?json/.test(type);
      return ours && answer.status < 500 && answer.status !== 429 ? answer.status : null;
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  };

  const isOver = (tick) => Boolean(tick.sent || tick.refused);

  // What is over stays until its page was told of it: that may be opened long after.
  const sendAll = async () => {
    let sent = 0;
    await drop((tick) => Date.now() - tick.at > longest);
    for (;;) {
      const next = (await all()).find((tick) => !isOver(tick));
      if (!next) return { sent, left: false };
      await note(next, { tried: true });
      const status = await post(next);
      if (status === null) return { sent, left: true };
      await note(next, status < 300 ? { sent: true } : { refused: status });
      ++sent;
    }
  };

  return {
    add,
    waiting: async (page) => (await all()).filter((tick) => tick.page === page && !isOver(tick)),
    // What a copy of that page does not show: what waits, and what was sent since.
    unseen: async (page) => (await all()).filter((tick) => tick.page === page && !tick.refused),
    // Those that wait for a page's charter, and those that are over, which nobody gets again.
    take: (page) =>
      within("readwrite", async (store) => {
        const mine = (await asked(store.getAll())).filter((tick) => tick.page === page);
        for (const tick of mine.filter(isOver)) store.delete(tick.id);
        return mine;
      }),
    forget: (page) => drop((tick) => tick.page === page),
    // One at a time over all pages and the worker: else two would race for the order.
    send: () => (navigator.locks ? navigator.locks.request("ticks", sendAll) : sendAll()),
  };
})();
