// Visits: a real Chromium that sees one page as one person on one device sees it, and complains of
// whatever such a person would. Every visit watches for console errors, failed requests and requests
// to other hosts from its first byte on; `findsNothing` asks the rest of the page as it stands now.
import assert from "node:assert/strict";
import { accessSync, constants, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { House, patience } from "./house.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = fileURLToPath(new URL("shots/", import.meta.url));

// 320 px is the narrowest phone in use, and a desktop page at 400 % (WCAG 1.4.10).
export const devices = {
  small_phone: { width: 320, height: 568, touch: true },
  phone: { width: 390, height: 844, touch: true },
  desktop: { width: 1280, height: 860, touch: false },
};
// The pane in which a mail program on a desk shows a mail.
const mailPane = { width: 600, height: 800, touch: false };
export const schemes = ["light", "dark"];

function chromiumPath() {
  for (const folder of process.env.PATH.split(path.delimiter))
    for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not in this folder
      }
    }
  throw new Error("no Chromium on PATH; ./dev test installs it");
}

const launching = () => ({
  executablePath: chromiumPath(),
  // A name that leads anywhere else leads nowhere: the tests need no network.
  args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE *.localhost, EXCLUDE 127.0.0.1"],
});

export const launch = () => chromium.launch(launching());

// One person's own browser: it is closed after each visit, and remembers in that folder.
export const remembering = (folder) => ({
  newContext: (options) =>
    chromium.launchPersistentContext(folder, { ...launching(), ...options }),
});

export class Visit {
  // wire: the way to the server, if it is to be cut (wire.mjs).
  static async begin(
    browser,
    { device = "desktop", scheme = "light", script = true, wire = undefined } = {},
  ) {
    const visit = new Visit();
    const { width, height, touch } = device === "mail" ? mailPane : devices[device];
    visit.name = `${device}_${scheme}`;
    visit.touch = touch;
    visit.script = script;
    visit.wire = wire;
    visit.complaints = [];
    visit.context = await browser.newContext({
      viewport: { width, height },
      deviceScaleFactor: touch ? 2 : 1,
      hasTouch: touch,
      isMobile: touch,
      colorScheme: scheme,
      javaScriptEnabled: script,
      proxy: wire && { server: wire.address },
    });
    visit.context.setDefaultTimeout(15000 * patience);
    visit.page = await visit.context.newPage();
    visit.watch();
    return visit;
  }

  // expectedStatuses: answers that a test provokes; Chromium reports each as a console error.
  watch() {
    this.expectedStatuses = new Set();
    this.expectedLines = [];
    const complain = (text) => this.complaints.push(text);
    this.page.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      const status = /status of (\d+)/.exec(message.text());
      if (status && this.expectedStatuses.has(Number(status[1]))) return;
      if (this.expectedLines.some((line) => line.test(message.text()))) return;
      complain(`console: ${message.text()}`);
    });
    this.page.on("pageerror", (error) => complain(`script: ${error.message}`));
    this.page.on("requestfailed", (request) => {
      // What the page itself gave up: a navigation that became a download, an icon on leaving.
      if (request.failure().errorText === "net::ERR_ABORTED") return;
      if (!this.offline) complain(`failed: ${request.url()} ${request.failure().errorText}`);
    });
    this.page.on("request", (request) => {
      const { hostname } = new URL(request.url());
      if (hostname !== this.host) complain(`a request to another host: ${request.url()}`);
    });
  }

  async open(url, status = 200) {
    this.host = new URL(url).hostname;
    if (status >= 400) this.expectedStatuses.add(status);
    const answer = await this.page.goto(url);
    assert.equal(answer.status(), status, url);
    return answer;
  }

  // A console line that the test provokes.
  mayLog(line) {
    this.expectedLines.push(line);
  }

  async end() {
    await this.context.close();
    assert.deepEqual(this.complaints, []);
  }

  async shot(name) {
    mkdirSync(shots, { recursive: true });
    const file = path.join(shots, `${name}_${this.name}.png`);
    await this.page.screenshot({ path: file, fullPage: true });
  }

  // How many sheets of A4 the page prints on.
  async sheets() {
    const pdf = (await this.page.pdf({ format: "A4" })).toString("latin1");
    return pdf.match(/\/Type\s*\/Page\b/g).length;
  }

  // What axe-core, a ruler and a thumb find on the page as it stands. Works without page scripts too:
  // what is evaluated here is the browser's, not the page's.
  // A letter has no landmarks: it is read within the page of a mail program.
  async findsNothing({ as = "page" } = {}) {
    assert.deepEqual(await this.wide(), [], "wider than the screen");
    assert.deepEqual(await this.smallTargets(), [], "targets under 44 px");
    if (this.script) assert.deepEqual(await this.axeFaults(as), [], "axe-core");
    assert.deepEqual(this.complaints, []);
  }

  wide() {
    return this.page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      const over = [...document.querySelectorAll("body *")].filter((element) => {
        const box = element.getBoundingClientRect();
        // What is cut off on purpose is decoration; text that is cut off has a box of its own.
        const cut = getComputedStyle(element).overflowX === "clip";
        const scrolls = element.scrollWidth > room && !cut;
        return box.right > room + 0.5 || box.left < -0.5 || scrolls;
      });
      if (document.documentElement.scrollWidth > room) over.push(document.documentElement);
      return over.map((element) => `${element.tagName}.${element.className}`);
    });
  }

  // WCAG 2.5.5; links within a sentence are exempt there and here.
  smallTargets() {
    return this.page.evaluate(() =>
      [...document.querySelectorAll("a, button, input, summary")]
        .filter((element) => element.checkVisibility())
        .filter((element) => getComputedStyle(element).display !== "inline")
        .map((element) => [element.textContent.trim(), element.getBoundingClientRect()])
        .filter(([, box]) => box.width < 44 || box.height < 44)
        .map(([text, box]) => `${text}: ${box.width} x ${box.height}`),
    );
  }

  async axeFaults(as) {
    const off = as === "letter" ? ["landmark-one-main", "region"] : [];
    const rules = Object.fromEntries(off.map((rule) => [rule, { enabled: false }]));
    await this.page.evaluate(axe);
    const found = await this.page.evaluate(
      (options) => window.axe.run(document, options),
      { resultTypes: ["violations"], rules },
    );
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`,
    );
  }

  // What has the focus, and whether a person can see that it has.
  focused() {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      return {
        text: element.textContent.replace(/\s+/g, " ").trim(),
        visible: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      };
    });
  }

  // Presses Tab until what has the focus says this; fails after a whole round.
  async tabTo(text) {
    for (let presses = 0; presses < 40; ++presses) {
      await this.page.keyboard.press("Tab");
      const focused = await this.focused();
      if (!focused.text.includes(text)) continue;
      assert.ok(focused.visible, `the focus on “${text}” cannot be seen`);
      return;
    }
    assert.fail(`Tab never reaches “${text}”`);
  }
}

// One visit for a body that may fail; its complaints count only if the body did not.
export async function visiting(browser, options, body) {
  const visit = await Visit.begin(browser, options);
  try {
    await body(visit);
  } catch (error) {
    await visit.context.close();
    throw error;
  }
  await visit.end();
}

// For a suite: a house and a browser, which all its tests share. begin is handed both, and makes
// what else they share.
export function within(begin) {
  const there = {};
  before(async () => {
    [there.house, there.browser] = await Promise.all([House.open(), launch()]);
    await begin(there);
  });
  after(async () => {
    await there.browser?.close();
    there.house?.close();
  });
}
