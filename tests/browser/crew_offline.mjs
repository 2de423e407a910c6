// The crew page on the dock: no signal, ticks that wait, and what becomes of them when it returns.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, it } from "node:test";

import { waitFor } from "./house.mjs";
import { remembering, visiting, within } from "./visit.mjs";
import { Wire } from "./wire.mjs";

const waiting = "waiting for a signal";
const box = (visit, item) => visit.page.getByRole("checkbox", { name: item });
const checked = (visit, item) => box(visit, item).getAttribute("aria-checked");
const said = (visit, text) => visit.page.locator("#said", { hasText: text }).waitFor();
const wait = (visit, number) =>
  waitFor(async () => (await visit.page.getByText(waiting).count()) === number, `${number} wait`);
const note = (visit) => visit.page.locator("p.saved");

// Every address in the worker's caches, and every item that waits.
const kept = (visit) =>
  visit.page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map((one) => new URL(one.url).pathname);
  });
const queued = (visit) => visit.page.evaluate("ticks.waiting(location.pathname)");
const copied = (visit) =>
  waitFor(async () => (await kept(visit)).includes(new URL(visit.page.url()).pathname), "a copy");

describe("the crew page without a signal", () => {
  let house, browser;

  within((there) => ({ house, browser } = there));

  async function onPhone(body, device = "phone", phone = browser) {
    const wire = await Wire.open();
    try {
      await visiting(phone, { device, wire }, body);
    } finally {
      wire.close();
    }
  }

  // Opens the link of their mail and waits until the page is kept.
  async function follow(visit, trip, name) {
    visit.mayLog(/net::ERR_\w+/); // however a cut wire shows
    await visit.open((await trip.links())[name]);
    await copied(visit);
  }
  // What the page is told of it; for its worker there is the wire alone. Whoever hears that there
  // is a signal, can use it.
  async function signal(visit, there) {
    visit.offline = !there;
    if (there) visit.wire.mend();
    visit.radio ??= await visit.context.newCDPSession(visit.page);
    const network = { offline: !there, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await visit.radio.send("Network.emulateNetworkConditions", network);
    if (!there) visit.wire.cut();
  }
  async function tick(visit, item) {
    await box(visit, item).tap();
    await visit.page.locator("li", { hasText: item }).getByText(waiting).waitFor();
  }
  const ticksOf = async (trip) =>
    (await house.ask("GET", `/charters/${trip.charter}/audit`)).audit.filter(
      ({ verb }) => verb === "tick_item",
    );

  for (const device of ["small_phone", "phone"])
    it(`opens, keeps three ticks and sends them in order, on a ${device}`, async () => {
      const trip = await house.book();
      const items = ["VHF radio check", "Life jackets counted", "Lost property"];
      await onPhone(async (visit) => {
        await follow(visit, trip, "ana");
        assert.equal(await note(visit).isVisible(), false);
        await signal(visit, false);
        await visit.page.reload();
        assert.equal(await note(visit).isVisible(), true);
        assert.match(await note(visit).innerText(), /^Saved copy from .*\d:\d\d [AP]M; changes/);
        const ids = [];
        for (const item of items) {
          await tick(visit, item);
          const form = visit.page.locator("form[data-tick]", { hasText: item });
          ids.push((await form.getAttribute("action")).split("/").pop());
        }
        await visit.page.reload();
        await wait(visit, 3);
        for (const item of items) assert.equal(await checked(visit, item), "true");
        await visit.shot("crew_offline");
        await visit.findsNothing();
        assert.deepEqual(await ticksOf(trip), []);

        const returned = new Date();
        await signal(visit, true);
        await said(visit, "Sent: Life jackets counted, VHF radio check, Lost property");
        await visit.findsNothing();
        assert.equal(await note(visit).isVisible(), false);
        for (const item of items)
          assert.match(await box(visit, item).innerText(), /Ana Reyes, \d\d:\d\d/);
        assert.deepEqual(await queued(visit), []);
        const trail = await ticksOf(trip);
        assert.deepEqual(trail.map(({ facts }) => facts.item), ids);
        for (const { actor, facts, at } of trail) {
          assert.equal(actor, "crew ana");
          assert.equal(facts.done, true);
          assert.ok(new Date(at) >= Math.floor(returned / 1000) * 1000, `${at}: when it came`);
        }
        // The copy is now of what stands.
        await signal(visit, false);
        await visit.page.reload();
        assert.match(await box(visit, items[0]).innerText(), /Ana Reyes, \d\d:\d\d/);
        assert.equal(await visit.page.getByText(waiting).count(), 0);
      }, device);
      await onPhone(async (visit) => {
        await follow(visit, trip, "ben");
        for (const item of items)
          assert.match(await box(visit, item).innerText(), /Ana Reyes, \d\d:\d\d/);
      });
    });

  it("keeps ticks while the browser is closed, and sends them when it is opened", async () => {
    const trip = await house.book();
    const folder = mkdtempSync(path.join(tmpdir(), "fairlead-phone-"));
    const own = remembering(folder);
    try {
      await onPhone(async (visit) => {
        await follow(visit, trip, "ana");
        await signal(visit, false);
        await tick(visit, "Fuel and bilge");
      }, "phone", own);
      assert.deepEqual(await ticksOf(trip), []);
      await onPhone(async (visit) => {
        await visit.open(trip.crewPage);
        await box(visit, "Fuel and bilge").getByText(/Ana Reyes, \d\d:\d\d/).waitFor();
        assert.equal((await ticksOf(trip)).length, 1);
      }, "phone", own);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("keeps ticks while its page is closed, and sends them when it is opened", async () => {
    const trip = await house.book();
    await onPhone(async (visit) => {
      await follow(visit, trip, "ana");
      await signal(visit, false);
      await tick(visit, "Fuel and bilge");
      await visit.page.goto("about:blank");
      await visit.page.goto(trip.crewPage);
      await wait(visit, 1);
      assert.equal(await checked(visit, "Fuel and bilge"), "true");
      assert.deepEqual(await ticksOf(trip), []);
      await visit.page.goto("about:blank");
      await signal(visit, true);
      await visit.page.goto(trip.crewPage);
      await visit.page.getByText(/Ana Reyes, \d\d:\d\d|you, just now/).waitFor();
      assert.equal((await ticksOf(trip)).length, 1);
    });
  });

  it("shows on its copy what was sent while it was closed", async () => {
    const trip = await house.book();
    await onPhone(async (visit) => {
      await follow(visit, trip, "ana");
      await signal(visit, false);
      await tick(visit, "Fuel and bilge");
      await visit.page.goto("about:blank");
      await signal(visit, true);
      const [worker] = visit.context.serviceWorkers();
      await waitFor(async () => !(await worker.evaluate("ticks.send()")).left, "it is sent");
      assert.equal((await ticksOf(trip)).length, 1);
      await signal(visit, false);
      await visit.page.goto(trip.crewPage);
      await box(visit, "Fuel and bilge").getByText("you, sent already").waitFor();
      assert.equal(await checked(visit, "Fuel and bilge"), "true");
      await visit.findsNothing();
      await signal(visit, true);
      await box(visit, "Fuel and bilge").getByText(/Ana Reyes, \d\d:\d\d/).waitFor();
    });
  });

  it("asks for its page until it is none of the past", async () => {
    const trip = await house.book();
    await onPhone(async (visit) => {
      await follow(visit, trip, "ana");
      await signal(visit, false);
      await visit.page.reload();
      assert.equal(await note(visit).isVisible(), true);
      const asked = visit.page.waitForEvent("requestfailed");
      await visit.radio.send("Network.emulateNetworkConditions", {
        offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
      await asked;
      assert.equal(await note(visit).isVisible(), true);
      visit.wire.mend();
      await note(visit).waitFor({ state: "hidden" });
    });
  });

  it("tries again by itself while the server is away", async () => {
    const trip = await house.book();
    await onPhone(async (visit) => {
      await follow(visit, trip, "ana");
      visit.offline = true;
      const ended = new Promise((resolve) => house.server.once("exit", resolve));
      house.server.kill("SIGKILL");
      await ended;
      await tick(visit, "Fuel and bilge");
      await visit.page.reload();
      assert.equal(await note(visit).isVisible(), true);
      await wait(visit, 1);
      await house.start();
      visit.offline = false;
      await said(visit, "Sent: Fuel and bilge");
      assert.equal(await note(visit).isVisible(), false);
    });
  });

  it("forgets everything of a trip whose crew one no longer is", async () => {
    const trip = await house.book();
    await onPhone(async (visit) => {
      await follow(visit, trip, "cleo");
      await signal(visit, false);
      await tick(visit, "Lost property");
      const { revision } = await house.ask("GET", `/charters/${trip.charter}`);
      const crew = [{ member: "ana", role: "captain" }, { member: "ben", role: "crew" }];
      const match = { "If-Match": `"${revision}"` };
      await house.ask("PATCH", `/charters/${trip.charter}`, { crew }, match);
      visit.expectedStatuses.add(401);
      await signal(visit, true);
      await said(visit, "your link no longer works");
      assert.equal(await checked(visit, "Lost property"), "false");
      assert.deepEqual(await queued(visit), []);
      assert.deepEqual(await kept(visit), []);
      assert.deepEqual(await ticksOf(trip), []);
      await signal(visit, false);
      await assert.rejects(visit.page.reload(), /ERR_/);
    });
  });

  it("forgets it too when such a page is opened again", async () => {
    const trip = await house.book();
    await onPhone(async (visit) => {
      await follow(visit, trip, "ana");
      await visit.context.clearCookies();
      visit.expectedStatuses.add(401);
      await visit.page.reload();
      assert.equal(await visit.page.locator("form").count(), 0);
      assert.deepEqual(await kept(visit), []);
    });
  });

  it("takes ticks back, and says why, when the trip was cancelled meanwhile", async () => {
    const trip = await house.book();
    await onPhone(async (visit) => {
      await follow(visit, trip, "ana");
      await signal(visit, false);
      await tick(visit, "Fuel and bilge");
      const { revision } = await house.ask("GET", `/charters/${trip.charter}`);
      const match = { "If-Match": `"${revision}"` };
      await house.ask("POST", `/charters/${trip.charter}/cancel`, { cause: "weather" }, match);
      visit.expectedStatuses.add(409);
      await signal(visit, true);
      await said(visit, "Not saved: “Fuel and bilge”. The trip has been cancelled.");
      assert.match(await visit.page.innerText("h1"), /^Cancelled: /);
      assert.equal(await visit.page.locator("form").count(), 0);
      assert.deepEqual(await queued(visit), []);
      await visit.findsNothing();
    });
  });

  it("lets the first that the server hears of stand, on two phones", async () => {
    const trip = await house.book();
    await onPhone((ana) =>
      onPhone(async (ben) => {
        await follow(ana, trip, "ana");
        await follow(ben, trip, "ben");
        for (const visit of [ana, ben]) {
          await signal(visit, false);
          await tick(visit, "Fuel and bilge");
        }
        await tick(ana, "VHF radio check");
        // Tapped twice and never sent: nothing to say, whatever others did meanwhile.
        await tick(ana, "Lost property");
        await box(ana, "Lost property").tap();
        await tick(ben, "Lost property");
        await signal(ben, true);
        await said(ben, "Sent: Fuel and bilge, Lost property");
        await signal(ana, true);
        await said(ana, "Sent: VHF radio check, Fuel and bilge");
        assert.match(await box(ana, "Fuel and bilge").innerText(), /Ben Okafor, \d\d:\d\d/);
        assert.match(await box(ana, "Lost property").innerText(), /Ben Okafor, \d\d:\d\d/);
        assert.match(await box(ana, "VHF radio check").innerText(), /Ana Reyes, \d\d:\d\d/);
        assert.deepEqual((await ticksOf(trip)).map(({ actor }) => actor), [
          "crew ben", "crew ben", "crew ana"]);
      }),
    );
  });

  it("says that an answer needs a signal", async () => {
    const trip = await house.book();
    await onPhone(async (visit) => {
      await follow(visit, trip, "ana");
      await signal(visit, false);
      await visit.page.getByRole("button", { name: "Yes, I’m in" }).tap();
      await said(visit, "Not sent: there is no signal");
      assert.equal(visit.page.url(), trip.crewPage);
      await visit.findsNothing();
    });
  });

  it("keeps twenty pages, their assets, and nothing else", async () => {
    const trip = await house.book();
    await onPhone(async (visit) => {
      await follow(visit, trip, "ana");
      await visit.page.evaluate(async () => {
        const pages = await caches.open("pages");
        for (let n = 0; n < 25; ++n) await pages.put(`/charters/old${n}`, new Response("old"));
        const assets = await caches.open("assets");
        await assets.put("/assets/style.000000000000.css", new Response("old"));
      });
      await visit.page.reload();
      const pages = async () => (await kept(visit)).filter((one) => one.startsWith("/charters/"));
      await waitFor(async () => (await pages()).length === 20, "five pages are dropped");
      assert.equal((await pages()).at(-1), new URL(trip.crewPage).pathname);
      await waitFor(async () => !(await kept(visit)).some((one) => one.includes("0000")), "tidy");
      for (const one of await kept(visit)) assert.match(one, /^\/(charters|assets)\/[^/]+$/);
    });
  });
});
