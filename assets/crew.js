// Ticks a checklist item at once and sends it behind the scenes, or when there is a signal again
// (ticks.js). Without this file each item is a plain form that does the same with a reload. What the
// server refuses is turned back and said.
"use strict";

(() => {
  const said = document.getElementById("said");
  if (!said || !window.fetch || !window.indexedDB) return;
  const words = said.dataset;
  const here = location.pathname;
  const firstRetry = 5000;
  const lastRetry = 300000;
  let hush = 0;
  let retry = 0;
  let pause = firstRetry;

  const filled = (text, values) =>
    Object.entries(values).reduce((all, [name, value]) => all.split(`{${name}}`).join(value), text);

  const say = (text, bad) => {
    clearTimeout(hush);
    said.textContent = text;
    said.classList.toggle("bad", bad);
    hush = setTimeout(() => (said.textContent = ""), bad ? 12000 : 2500);
  };

  const isCopy = () => Boolean(document.querySelector(".saved:not([hidden])"));
  const forms = () => [...document.querySelectorAll("form[data-tick]")];
  const button = (form) => form.querySelector("button");
  const isDone = (form) => button(form).getAttribute("aria-checked") === "true";
  const itemOf = (form) => form.querySelector(".item").textContent;

  const showProgress = (section) => {
    const boxes = [...section.querySelectorAll("[role=checkbox]")];
    const done = boxes.filter((box) => box.getAttribute("aria-checked") === "true").length;
    const line = section.querySelector("[data-progress]");
    if (line) line.textContent = filled(words.progressWords, { done, all: boxes.length });
  };

  // state: "" as the server has it, "tapped" until it is kept, "sending" then, "waiting" for a signal.
  const show = (form, done, by, state) => {
    button(form).setAttribute("aria-checked", String(done));
    button(form).value = String(!done);
    form.querySelector(".by").textContent = by;
    form.dataset.tick = state;
    showProgress(form.closest("section"));
  };

  const showUnseen = async () => {
    const unseen = await ticks.unseen(here);
    for (const form of forms()) {
      const tick = unseen.find((one) => one.address === form.action);
      if (!tick || (tick.sent && !isCopy())) continue;
      if (tick.sent) show(form, tick.done, words.sentSince, "");
      else show(form, tick.done, words.waiting, "waiting");
    }
  };

  const turnBack = () => {
    for (const form of forms())
      if (form.dataset.tick) show(form, form.dataset.was === "true", form.dataset.by, "");
  };

  // Asks for the page as it is now, which the worker keeps; with "show" it is also put in this one's
  // place. False when the server no longer shows it to this person.
  const refresh = async (how) => {
    const answer = await fetch(here, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer && [401, 403, 404, 410].includes(answer.status)) {
      // Whoever has just tapped is told, whichever look hears of it first.
      const isLost = forms().some((form) => form.dataset.tick);
      await ticks.forget(here);
      turnBack();
      if (isLost) say(words.refused, true);
      return false;
    }
    if (how !== "show" || !answer || !answer.ok) return true;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = document.activeElement?.closest("form")?.getAttribute("action");
    document.title = fresh.title;
    document.querySelector("header").replaceWith(fresh.querySelector("header"));
    const main = said.parentElement;
    [...main.children].filter((one) => one !== said).forEach((one) => one.remove());
    said.before(...fresh.querySelectorAll("main > :not(#said)"));
    forms().forEach(enhance);
    await showUnseen();
    if (focused) document.querySelector(`form[action="${focused}"] button`)?.focus();
    return true;
  };

  const sayItems = (text, items, bad) => say(filled(text, { item: items.join(", ") }), bad);

  // What was sent while someone waited for it is shown as theirs; else the page is asked who and
  // when, for others may have been quicker.
  const settle = async () => {
    const mine = await ticks.take(here);
    const refused = mine.filter((tick) => tick.refused);
    const isSent = (form) => mine.some((tick) => tick.sent && tick.address === form.action);
    const open = forms().filter(
      (form) => !mine.some((tick) => !tick.sent && tick.address === form.action),
    );
    const prompt = open.filter((form) => form.dataset.tick === "sending");
    // The worker may have sent it, or this page in another window.
    const arrived = open
      .filter(
        (form) =>
          form.dataset.tick === "waiting" || (form.dataset.tick === "" && isSent(form)),
      )
      .map(itemOf);
    for (const form of prompt) {
      form.dataset.was = String(isDone(form));
      form.dataset.by = isDone(form) ? words.justNow : "";
      show(form, isDone(form), form.dataset.by, "");
    }
    const stale = isCopy() || arrived.length || refused.length;
    if (!stale && prompt.length) {
      const last = prompt[prompt.length - 1];
      sayItems(isDone(last) ? words.done : words.open, [itemOf(last)], false);
      await refresh("keep");
    }
    if (!stale) return;
    const alive = await refresh("show");
    const off = refused.some((tick) => tick.refused === 409);
    const items = refused.map((tick) => tick.item);
    if (!alive) say(words.refused, true);
    else if (refused.length) sayItems(off ? words.off : words.failed, items, true);
    else if (arrived.length) sayItems(words.sent, arrived, false);
  };

  // Where the browser can, it sends also when this page is closed.
  const wait = async () => {
    await showUnseen();
    const worker = await navigator.serviceWorker?.getRegistration();
    await worker?.sync?.register("ticks").catch(() => {});
  };

  const lookAgain = () => {
    clearTimeout(retry);
    retry = setTimeout(look, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, lastRetry);
  };

  // Whether it looks again, for something is left.
  const sync = async () => {
    clearTimeout(retry);
    if (!navigator.onLine) {
      await wait();
      return false;
    }
    const slow = setTimeout(showUnseen, 1500);
    const { sent, left } = await ticks.send();
    clearTimeout(slow);
    if (sent) pause = firstRetry;
    if (sent || !left) await settle();
    if (!left) return false;
    await wait();
    lookAgain();
    return true;
  };

  const tap = async (form) => {
    const done = !isDone(form);
    show(form, done, done ? words.justNow : "", "tapped");
    try {
      const tick = { page: here, address: form.action, item: itemOf(form), done };
      if (await ticks.add(tick)) form.dataset.tick = "sending";
      else show(form, form.dataset.was === "true", form.dataset.by, "");
    } catch {
      // This browser keeps nothing: as without this file.
      button(form).value = String(done);
      form.removeAttribute("data-tick");
      form.requestSubmit(button(form));
      return;
    }
    await sync();
  };

  function enhance(form) {
    form.dataset.was = String(isDone(form));
    form.dataset.by = form.querySelector(".by").textContent;
    form.addEventListener("submit", (event) => {
      if (!("tick" in form.dataset)) return;
      event.preventDefault();
      tap(form);
    });
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.answer")) return;
    if (navigator.onLine && !isCopy()) return;
    event.preventDefault();
    say(words.noSignal, true);
  });

  // A copy is asked anew even if nothing waits, until it is none: a signal that has just come back
  // may not reach as far as the server yet.
  async function look() {
    const looksAgain = await sync();
    if (!isCopy() || !navigator.onLine) return;
    if ((await refresh("show")) && isCopy() && !looksAgain) lookAgain();
  }

  const wake = () => {
    pause = firstRetry;
    return look();
  };

  const serveOffline = async () => {
    if (!navigator.serviceWorker) return;
    const known = navigator.serviceWorker.controller;
    const taken = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
    );
    await navigator.serviceWorker.register("/worker.js");
    if (known) return;
    // This page came before its worker, which is now told of it.
    await taken;
    await refresh("keep");
  };

  forms().forEach(enhance);
  showUnseen().then(wake).catch(() => {});
  serveOffline().catch(() => {});
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", (event) => event.persisted && wake());
  document.addEventListener("visibilitychange", () => document.hidden || wake());
})();
