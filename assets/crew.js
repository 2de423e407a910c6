// Ticks a checklist item at once and saves it behind the scenes. Without this file each item is a
// plain form that does the same with a reload. What fails is turned back and said.
"use strict";

(() => {
  const said = document.getElementById("said");
  if (!said || !window.fetch) return;
  const words = said.dataset;
  let hush = 0;

  const filled = (text, values) =>
    Object.entries(values).reduce((all, [name, value]) => all.split(`{${name}}`).join(value), text);

  const say = (text, bad) => {
    clearTimeout(hush);
    said.textContent = text;
    said.classList.toggle("bad", bad);
    hush = setTimeout(() => (said.textContent = ""), bad ? 12000 : 2500);
  };

  const showProgress = (section) => {
    const boxes = [...section.querySelectorAll("[role=checkbox]")];
    const done = boxes.filter((box) => box.getAttribute("aria-checked") === "true").length;
    const line = section.querySelector("[data-progress]");
    if (line) line.textContent = filled(words.progressWords, { done, all: boxes.length });
  };

  const enhance = (form) => {
    const button = form.querySelector("button");
    const by = form.querySelector(".by");
    const item = form.querySelector(".item").textContent;
    const shown = () => button.getAttribute("aria-checked") === "true";
    // What the server last confirmed; an answer that is on its way may still differ.
    let saved = { done: shown(), by: by.textContent };
    let saving = false;

    const show = (state) => {
      button.setAttribute("aria-checked", String(state.done));
      button.value = String(!state.done);
      by.textContent = state.by;
      showProgress(form.closest("section"));
    };

    const send = async (done) => {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), 15000);
      try {
        return await fetch(form.action, {
          method: "POST",
          headers: { "Content-Type": "application/json", Accept: "application/json" },
          body: JSON.stringify({ done }),
          credentials: "same-origin",
          redirect: "error",
          signal: stop.signal,
        });
      } catch {
        return null; // no network, or no answer in time
      } finally {
        clearTimeout(timer);
      }
    };

    // Taps made while one is being saved are not sent one by one: the last state is what counts.
    const save = async () => {
      saving = true;
      while (shown() !== saved.done) {
        const done = shown();
        const answer = await send(done);
        if (!answer || !answer.ok) {
          const gone = answer && [401, 403, 404].includes(answer.status);
          show(saved);
          say(gone ? words.refused : filled(words.failed, { item }), true);
          break;
        }
        saved = { done, by: done ? words.justNow : "" };
        if (shown() === done) say(filled(done ? words.done : words.open, { item }), false);
      }
      saving = false;
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show({ done: !shown(), by: shown() ? "" : words.justNow });
      if (!saving) save();
    });
  };

  document.querySelectorAll("form[data-tick]").forEach(enhance);
})();
