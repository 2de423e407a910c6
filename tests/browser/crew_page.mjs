// The crew page as the crew uses it: from the link in their mail to a ticked list, with scripts,
// with plain forms, by keyboard alone, and when the network is gone.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { waitFor } from "./house.mjs";
import { devices, schemes, visiting, within } from "./visit.mjs";
import { Wire } from "./wire.mjs";

const yes = "Yes, I’m in";
const no = "No, I can’t";

const answerButton = (visit, label) => visit.page.getByRole("button", { name: label });
const box = (visit, item) => visit.page.getByRole("checkbox", { name: item });
const pressed = (visit, label) => answerButton(visit, label).getAttribute("aria-pressed");
const checked = (visit, item) => box(visit, item).getAttribute("aria-checked");
const progress = (visit) => visit.page.locator(".progress").first().innerText();
const said = (visit, text) => visit.page.locator("#said", { hasText: text }).waitFor();
const mark = (visit, name) =>
  visit.page.locator(".crew li", { hasText: name }).locator(".mark").innerText();

// The page has asked for itself once more, so that its worker keeps it: it asks for nothing now.
const isKept = (visit) =>
  waitFor(() => visit.page.evaluate(async () => Boolean(await caches.match(location.pathname))),
    "the page is kept");

// Presses what answers with a page, and waits for that page.
async function pressForPage(visit, press) {
  const coming = visit.page.waitForResponse((answer) => answer.request().isNavigationRequest());
  await press();
  assert.equal((await coming).status(), 303);
  await visit.page.waitForLoadState("load");
}

describe("the crew page", () => {
  let house, browser;

  within((there) => ({ house, browser } = there));

  // One person opens their link of that trip's mail.
  async function follow(visit, trip, name) {
    const links = await trip.links();
    await visit.open(links[name]);
    assert.equal(visit.page.url(), trip.crewPage);
  }

  it("opens from each crew member's own mail, for that one", async () => {
    const trip = await house.book();
    const links = await trip.links();
    assert.deepEqual(Object.keys(links).sort(), ["ana", "ben", "cleo"]);
    assert.equal(new Set(Object.values(links)).size, 3);
    for (const [name, who, role] of [
      ["ana", "Ana Reyes", "captain"],
      ["ben", "Ben Okafor", "crew"],
      ["cleo", "Cleo Lindgren", "crew"],
    ])
      await visiting(browser, { device: "phone" }, async (visit) => {
        await follow(visit, trip, name);
        const own = await visit.page.locator(".crew li", { hasText: "(you)" }).innerText();
        assert.ok(own.includes(who), own);
        assert.ok(own.toLowerCase().includes(role), own);
        const text = await visit.page.innerText("body");
        for (const what of ["4:30 PM – 7:30 PM PDT", "Harbor Island, west dock", "party of 6",
          "Guests bring their own food", "Life jackets counted", "Lost property"])
          assert.ok(text.includes(what), `${what} in ${text}`);
        for (const what of ["840", "289", "Whitfield", "guest.example", "Paid through"])
          assert.ok(!text.includes(what), `${what} in ${text}`);
        const [cookie] = await visit.context.cookies();
        assert.equal(cookie.name, "__Host-crew");
        assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite === "Lax");
        assert.equal(await visit.page.evaluate("document.cookie"), "");
      });
  });

  for (const device of Object.keys(devices))
    for (const scheme of schemes)
      it(`is sound on a ${device} in ${scheme}, untouched and used`, async () => {
        const trip = await house.book();
        await visiting(browser, { device, scheme }, async (visit) => {
          await follow(visit, trip, "ana");
          await visit.shot("crew_untouched");
          await visit.findsNothing();
          await pressForPage(visit, () => answerButton(visit, yes).click());
          await box(visit, "Life jackets counted").click();
          await said(visit, "Life jackets counted");
          await visit.shot("crew");
          await visit.findsNothing();
        });
      });

  for (const script of [true, false])
    it(`takes a yes, then a no, ${script ? "with" : "without"} scripts`, async () => {
      const trip = await house.book();
      await visiting(browser, { device: "phone", script }, async (visit) => {
        await follow(visit, trip, "ben");
        assert.equal(await mark(visit, "Ben"), "no answer yet");
        for (const [label, other, state] of [[yes, no, "yes"], [no, yes, "no"]]) {
          await pressForPage(visit, () => answerButton(visit, label).click());
          await visit.page.reload();
          assert.equal(await pressed(visit, label), "true");
          assert.equal(await pressed(visit, other), "false");
          assert.equal(await mark(visit, "Ben"), state);
          await visit.findsNothing();
        }
      });
      await visiting(browser, { device: "phone", script }, async (visit) => {
        await follow(visit, trip, "ana");
        assert.equal(await mark(visit, "Ben"), "no");
        assert.equal(await mark(visit, "Ana"), "no answer yet");
      });
    });

  it("ticks at once, and it stays ticked for everybody", async () => {
    const trip = await house.book();
    await visiting(browser, { device: "phone" }, async (visit) => {
      await follow(visit, trip, "ana");
      const address = visit.page.url();
      assert.equal(await progress(visit), "0 of 3");
      await box(visit, "VHF radio check").tap();
      assert.equal(await checked(visit, "VHF radio check"), "true");
      assert.equal(await progress(visit), "1 of 3");
      await said(visit, "VHF radio check");
      assert.equal(visit.page.url(), address);
      await visit.page.reload();
      assert.equal(await checked(visit, "VHF radio check"), "true");
      assert.equal(await checked(visit, "Fuel and bilge"), "false");
      assert.match(await box(visit, "VHF radio check").innerText(), /Ana Reyes, \d\d:\d\d/);
    });
    await visiting(browser, { device: "phone" }, async (visit) => {
      await follow(visit, trip, "cleo");
      assert.match(await box(visit, "VHF radio check").innerText(), /Ana Reyes, \d\d:\d\d/);
      await box(visit, "VHF radio check").tap();
      await said(visit, "Open again");
      await visit.page.reload();
      assert.equal(await checked(visit, "VHF radio check"), "false");
      assert.equal(await progress(visit), "0 of 3");
    });
  });

  it("sends a quick row of taps so that the last one counts", async () => {
    const trip = await house.book();
    await visiting(browser, { device: "phone" }, async (visit) => {
      await follow(visit, trip, "ana");
      let answered = 0;
      // Each answer is held back until every tap is made.
      let release;
      const tapped = new Promise((resolve) => (release = resolve));
      await visit.page.route("**/checklist/*", async (route) => {
        await tapped;
        await route.continue();
      });
      visit.page.on("response", (answer) => (answered += answer.url().includes("/checklist/")));
      for (let taps = 0; taps < 5; ++taps) await box(visit, "Fuel and bilge").tap();
      assert.equal(answered, 0);
      release();
      await said(visit, "Ticked: Fuel and bilge");
      await visit.page.reload();
      assert.equal(await checked(visit, "Fuel and bilge"), "true");
      assert.ok(answered < 5, `${answered} calls for five taps`);
    });
  });

  it("keeps a tick when the network is gone, and sends it by itself", async () => {
    const trip = await house.book();
    for (const scheme of schemes) {
      const wire = await Wire.open();
      const device = "small_phone";
      await visiting(browser, { device, scheme, wire }, async (visit) => {
        await follow(visit, trip, "ana");
        await isKept(visit);
        visit.offline = true;
        visit.mayLog(/net::ERR_\w+/); // however a cut wire shows
        wire.cut();
        await box(visit, "Lost property").tap();
        await visit.page.getByText("waiting for a signal").waitFor();
        assert.equal(await checked(visit, "Lost property"), "true");
        await visit.shot("crew_waiting");
        await visit.findsNothing();
        wire.mend();
        await said(visit, "Sent: Lost property");
        assert.match(await box(visit, "Lost property").innerText(), /Ana Reyes, \d\d:\d\d/);
        await box(visit, "Lost property").tap();
        await said(visit, "Open again: Lost property");
      }).finally(() => wire.close());
    }
  });

  it("says that the link is dead when a tick is refused", async () => {
    const trip = await house.book();
    await visiting(browser, { device: "phone" }, async (visit) => {
      await follow(visit, trip, "ana");
      await isKept(visit);
      await visit.context.clearCookies();
      visit.expectedStatuses.add(401);
      await box(visit, "Lost property").tap();
      await said(visit, "your link no longer works");
      assert.equal(await checked(visit, "Lost property"), "false");
    });
  });

  it("ticks by plain forms without scripts", async () => {
    const trip = await house.book();
    await visiting(browser, { device: "phone", script: false }, async (visit) => {
      await follow(visit, trip, "cleo");
      for (const [state, count] of [["true", "1 of 3"], ["false", "0 of 3"]]) {
        await pressForPage(visit, () => box(visit, "Life jackets counted").click());
        assert.equal(await checked(visit, "Life jackets counted"), state);
        await visit.page.reload();
        assert.equal(await checked(visit, "Life jackets counted"), state);
        assert.equal(await progress(visit), count);
        await visit.findsNothing();
      }
    });
  });

  it("is all within reach of a keyboard", async () => {
    const trip = await house.book();
    for (const script of [true, false])
      await visiting(browser, { script }, async (visit) => {
        await follow(visit, trip, "ana");
        await visit.tabTo("Open the map");
        await visit.tabTo(yes);
        await pressForPage(visit, () => visit.page.keyboard.press("Enter"));
        assert.equal(await pressed(visit, yes), "true");
        const before = await checked(visit, "Heads and galley");
        await visit.tabTo("Heads and galley");
        if (script) {
          await visit.page.keyboard.press("Space");
          await said(visit, "Heads and galley");
          assert.ok((await visit.focused()).text.includes("Heads and galley"), "the focus is lost");
        } else {
          await pressForPage(visit, () => visit.page.keyboard.press("Space"));
        }
        assert.equal(await checked(visit, "Heads and galley"), String(before !== "true"));
      });
  });

  it("prints the trip and both lists on one sheet", async () => {
    const trip = await house.book();
    await visiting(browser, {}, async (visit) => {
      await follow(visit, trip, "ana");
      await visit.page.emulateMedia({ media: "print" });
      assert.equal(await visit.page.isVisible("text=Lost property"), true);
      assert.equal(await answerButton(visit, yes).isVisible(), false);
      await visit.shot("crew_print");
      assert.equal(await visit.sheets(), 1);
    });
  });

  it("holds several trips in one browser", async () => {
    const [first, second] = [await house.book(), await house.book()];
    await visiting(browser, { device: "phone" }, async (visit) => {
      await follow(visit, first, "ana");
      await follow(visit, second, "ana");
      await visit.open(first.crewPage);
      await visit.open(second.crewPage);
    });
  });
});
