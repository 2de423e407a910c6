// Fetches the uploader when the page was opened with the guest's key, and not before: most who see
// the page only want to read it.
"use strict";

(() => {
  const section = document.getElementById("photos");
  if (!section) return;

  const load = () => {
    const key = new URLSearchParams(location.hash.slice(1)).get("k");
    if (!key || section.dataset.key) return;
    section.dataset.key = key;
    const script = document.createElement("script");
    script.type = "module";
    script.src = section.dataset.module;
    script.integrity = section.dataset.integrity;
    script.addEventListener("error", () => {
      delete section.dataset.key;
      section.querySelector("[data-said]").textContent = section.dataset.notLoaded;
    });
    document.head.append(script);
  };

  load();
  addEventListener("hashchange", load);
})();
