// The uploader: several photos at once, straight into the object store. Each photo asks for a form of
// its own, posts it, and is tried again with growing pauses while the line is bad; a form that has
// expired is replaced by a fresh one. What cannot be taken is said, with the reason.

const section = document.getElementById("photos");
const words = section.dataset;
const presignAddress = `${location.pathname.replace(/\.html$/, "")}/photos/presign`;

const atOnceMax = 2; // more would only share one line
const triesMax = 8;
const pauseFirst = 1000; // ms, doubled with each try
const pauseMax = 30000;
const stalledAfter = 60000; // ms without a byte moving
const bytesMax = 26214400;
const thumbnailPixels = 144;

// Some devices name no type for HEIC; then the ending has to say it.
const types = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  heic: "image/heic",
  heif: "image/heif",
  avif: "image/avif",
};

class Refused extends Error {} // no use in trying again
class Expired extends Error {} // a fresh form will do
class Busy extends Error {
  constructor(seconds) {
    super("busy");
    this.pause = seconds * 1000;
  }
}

const filled = (text, values) =>
  Object.entries(values).reduce((all, [name, value]) => all.split(`{${name}}`).join(value), text);

const typeOf = (file) => {
  const known = Object.values(types);
  if (known.includes(file.type)) return file.type;
  return file.type ? "" : (types[file.name.split(".").pop().toLowerCase()] ?? "");
};

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const backOnline = () =>
  navigator.onLine === false
    ? new Promise((done) => addEventListener("online", done, { once: true }))
    : Promise.resolve();

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// --- what is on the page ---------------------------------------------------------------------------

const said = section.querySelector("[data-said]");
const input = element("input", {
  type: "file",
  multiple: true,
  accept: [...new Set(Object.values(types)), ".heic", ".heif"].join(","),
  id: "photo-files",
});
const label = element("label", { className: "button", htmlFor: input.id }, words.choose);
const total = element("progress", { max: 1, value: 0, hidden: true, className: "total" });
total.setAttribute("aria-labelledby", "photos-title");
const list = element("ul", { className: "photos" });
const photos = [];

// A status that is written anew is read out anew.
const say = (text) => {
  if (said.textContent !== text) said.textContent = text;
};

const show = () => {
  const wanted = photos.filter((photo) => photo.state !== "refused");
  const done = wanted.filter((photo) => photo.state === "done").length;
  const refused = photos.length - wanted.length;
  const bytes = wanted.reduce((sum, photo) => sum + photo.file.size, 0);
  const sent = wanted.reduce((sum, photo) => sum + photo.sent, 0);
  const whole = wanted.length > 0 && done === wanted.length;
  total.hidden = wanted.length === 0;
  total.value = bytes ? sent / bytes : 0;
  total.classList.toggle("complete", whole);
  label.textContent = photos.length ? words.more : words.choose;
  const parts = [];
  if (whole && done === 1) parts.push(words.oneDone);
  else if (whole) parts.push(filled(words.allDone, { count: done }));
  else if (wanted.length) parts.push(filled(words.progress, { done, all: wanted.length }));
  if (refused) parts.push(filled(words.notTaken, { count: refused }));
  say(parts.join(" "));
};

// One after the other: a phone has no room for a dozen large pictures unpacked at once.
let drawing = Promise.resolve();
const draw = async (file, place) => {
  try {
    const picture = await createImageBitmap(file, {
      resizeWidth: thumbnailPixels,
      resizeQuality: "medium",
    });
    const canvas = element("canvas", { width: picture.width, height: picture.height });
    canvas.getContext("2d").drawImage(picture, 0, 0);
    picture.close();
    place.replaceChildren(canvas);
  } catch {
    // This browser cannot read it (HEIC, mostly): the ending of its name stands there.
  }
};

class Photo {
  constructor(file) {
    this.file = file;
    this.type = typeOf(file);
    this.sent = 0;
    const ending = /\.(\w{1,4})$/.exec(file.name)?.[1].toUpperCase() ?? "";
    const thumb = element("span", { className: "thumb", ariaHidden: "true" }, ending);
    this.bar = element("progress", { max: 1, value: 0, ariaLabel: file.name });
    this.note = element("span", { className: "note" });
    this.again = element("button", {
      type: "button",
      className: "button quiet",
      textContent: words.again,
      hidden: true,
    });
    this.again.addEventListener("click", () => {
      this.become("waiting", words.waiting);
      this.row.focus(); // the button goes
      next();
    });
    this.row = element(
      "li",
      { tabIndex: -1 },
      thumb,
      element("span", { className: "name", textContent: file.name, title: file.name }),
      this.bar,
      this.note,
      this.again,
    );
    if (this.type && file.size <= bytesMax) drawing = drawing.then(() => draw(file, thumb));
  }

  become(state, note) {
    this.state = state;
    this.row.dataset.state = state;
    this.note.textContent = note;
    this.bar.hidden = state !== "sending";
    this.again.hidden = state !== "failed";
    if (state !== "sending" && state !== "done") this.moved(0);
    show();
  }

  moved(bytes) {
    this.sent = Math.min(bytes, this.file.size);
    this.bar.value = this.file.size ? this.sent / this.file.size : 0;
    if (this.state === "sending") this.note.textContent = `${Math.floor(this.bar.value * 100)}%`;
    show();
  }
}

// --- one photo -------------------------------------------------------------------------------------

const askForForm = async (photo) => {
  const answer = await fetch(presignAddress, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      key: words.key,
      filename: photo.file.name,
      content_type: photo.type,
      bytes: photo.file.size,
    }),
    signal: AbortSignal.timeout(30000),
  });
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) {
    // By the server's clock: the device's own may be wrong.
    const lives = Date.parse(body.expires_at) - Date.parse(answer.headers.get("Date"));
    return { ...body, until: performance.now() + lives - 5000 };
  }
  if (answer.status === 404) throw new Refused(words.closed);
  if (String(body.type).endsWith("photos-full")) throw new Refused(words.full);
  if (answer.status === 429 || answer.status >= 500)
    throw new Busy(Number(answer.headers.get("Retry-After")) || 0);
  throw new Refused(body.errors?.[0]?.message ?? words.refused);
};

const refusalOf = (request) => {
  const code = /<Code>(\w+)<\/Code>/.exec(request.responseText)?.[1];
  if (request.status === 503 || request.status >= 500 || request.status === 429) return new Busy(0);
  if (code === "ExpiredToken" || /Policy expired/.test(request.responseText)) return new Expired();
  if (code === "EntityTooLarge" || request.status === 413) return new Refused(words.tooLarge);
  if (code === "RequestTimeout") return new Busy(0);
  return new Refused(words.refused);
};

const post = (photo, form) =>
  new Promise((done, failed) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
    data.append("file", photo.file);
    const request = new XMLHttpRequest();
    let stalled = 0;
    const alive = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), stalledAfter);
    };
    request.upload.addEventListener("progress", (event) => {
      alive();
      photo.moved(event.loaded);
    });
    request.addEventListener("load", () =>
      request.status >= 200 && request.status < 300 ? done() : failed(refusalOf(request)),
    );
    request.addEventListener("error", () => failed(new Error("line")));
    request.addEventListener("abort", () => failed(new Error("stalled")));
    request.addEventListener("loadend", () => clearTimeout(stalled));
    request.open("POST", form.url);
    alive();
    request.send(data);
  });

const send = async (photo) => {
  for (let tries = 0; tries < triesMax; ++tries) {
    photo.become("sending", "");
    try {
      if (!photo.form || performance.now() > photo.form.until) photo.form = await askForForm(photo);
      await post(photo, photo.form);
      photo.moved(photo.file.size);
      return photo.become("done", words.done);
    } catch (error) {
      if (error instanceof Refused) return photo.become("refused", error.message);
      if (error instanceof Expired) {
        photo.form = null;
        continue;
      }
      photo.become("retrying", words.retrying);
      const pause = Math.min(pauseFirst * 2 ** tries, pauseMax) * (0.75 + Math.random() / 2);
      await wait(Math.max(pause, error.pause ?? 0));
      await backOnline();
    }
  }
  photo.become("failed", words.failed);
};

// --- all of them -----------------------------------------------------------------------------------

const busy = (photo) => photo.state === "sending" || photo.state === "retrying";
const next = () => {
  const sending = photos.filter(busy).length;
  const waiting = photos.filter((photo) => photo.state === "waiting");
  for (const photo of waiting.slice(0, Math.max(0, atOnceMax - sending))) send(photo).then(next);
};

const add = (files) => {
  for (const file of files) {
    const photo = new Photo(file);
    photos.push(photo);
    list.append(photo.row);
    if (!photo.type) photo.become("refused", words.wrongType);
    else if (file.size > bytesMax) photo.become("refused", words.tooLarge);
    else if (file.size === 0) photo.become("refused", words.empty);
    else photo.become("waiting", words.waiting);
  }
  next();
};

input.addEventListener("change", () => {
  add(input.files);
  input.value = "";
});
// It looks like a button, so it heeds Enter like one, in every browser.
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  input.click();
});
section.addEventListener("dragover", (event) => {
  event.preventDefault();
  section.classList.add("over");
});
section.addEventListener("dragleave", () => section.classList.remove("over"));
section.addEventListener("drop", (event) => {
  event.preventDefault();
  section.classList.remove("over");
  add(event.dataTransfer.files);
});
addEventListener("beforeunload", (event) => {
  if (photos.some((photo) => busy(photo) || photo.state === "waiting")) event.preventDefault();
});

// Its style comes with it; without one it looks plain and works.
const style = element("link", { rel: "stylesheet", integrity: words.styleIntegrity });
await new Promise((done) => {
  style.addEventListener("load", done);
  style.addEventListener("error", done);
  style.href = words.style;
  document.head.append(style);
});
section.querySelector("[data-needs-link]").remove();
const choose = element("div", { className: "actions choose" });
choose.append(
  element("span", { className: "pick" }, input, label),
  element("span", { className: "small" }, words.limits),
);
said.before(choose);
said.after(total, list);
