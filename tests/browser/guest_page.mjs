// The guest page as guests see it: on their devices, without scripts, by keyboard, on paper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { devices, schemes, visiting, within } from "./visit.mjs";

const longName = "Wolfeschlegelsteinhausenbergerdorffvoralternwaren";

describe("the guest page", () => {
  let house, browser, trip;

  within(async (there) => {
    ({ house, browser } = there);
    trip = await house.book();
  });

  for (const device of Object.keys(devices))
    for (const scheme of schemes)
      it(`is sound on a ${device} in ${scheme}`, () =>
        visiting(browser, { device, scheme }, async (visit) => {
          await visit.open(trip.guestPage);
          await visit.shot("guest");
          await visit.findsNothing();
        }));

  it("says all that may be forwarded, with and without the key, with and without scripts", async () => {
    const texts = [];
    for (const script of [true, false])
      for (const url of [trip.guestPage, trip.guestLink])
        await visiting(browser, { script }, async (visit) => {
          const answer = await visit.open(url);
          assert.ok((await answer.body()).length <= 20480, "more than 20,480 bytes");
          // What stands under the photos depends on both: photos.mjs looks at it.
          texts.push(await visit.page.evaluate(() =>
            [...document.querySelectorAll("header, main > :not(#photos), footer")]
              .map((part) => part.innerText).join("\n")));
          await visit.findsNothing();
        });
    const [text] = texts;
    for (const what of ["Welcome aboard, Dana", "JADA", "30 May", "4:30 PM – 7:30 PM PDT", "3 hours",
      "Harbor Island, west dock", "Soft-soled shoes", "The gate opens 20 minutes before"])
      assert.ok(text.includes(what), `${what} in ${text}`);
    for (const what of ["Whitfield", "guest.example", "555", "840", "XHQGMDH", "Ana", "cane"])
      assert.ok(!text.includes(what), `${what} in ${text}`);
    assert.deepEqual(texts, Array(4).fill(text));
  });

  it("keeps the key out of every request", () =>
    visiting(browser, {}, async (visit) => {
      const key = new URL(trip.guestLink).hash.slice(3);
      assert.ok(key.length >= 16, trip.guestLink);
      const sent = [];
      visit.page.on("request", async (request) => {
        sent.push(request.url().replace(/#.*/, ""), ...Object.values(request.headers()));
      });
      await visit.open(trip.guestLink);
      assert.ok(sent.length > 2);
      assert.ok(!sent.some((part) => part.includes(key)), sent.join(" "));
    }));

  for (const [what, address] of [
    ["without its ending", "/g/boatsetter-may-30"],
    ["with a slash", "/g/boatsetter-may-30/"],
    ["by the booking's reference", "/g/XHQGMDH.html"],
  ])
    it(`is reached ${what}`, () =>
      visiting(browser, {}, async (visit) => {
        await visit.open(house.url("guest.jada", address));
        assert.equal(visit.page.url(), trip.guestPage);
      }));

  it("gives its calendar file to a keyboard", () =>
    visiting(browser, {}, async (visit) => {
      await visit.open(trip.guestPage);
      await visit.tabTo("Add to calendar");
      const coming = visit.page.waitForEvent("download");
      await visit.page.keyboard.press("Enter");
      const download = await coming;
      assert.equal(download.suggestedFilename(), "boatsetter-may-30.ics");
      assert.match(readFileSync(await download.path(), "utf8"), /^BEGIN:VCALENDAR\r\n/);
      await visit.tabTo("Open the map");
    }));

  it("goes on one sheet of paper, without what paper cannot do", () =>
    visiting(browser, {}, async (visit) => {
      await visit.open(trip.guestPage);
      await visit.page.emulateMedia({ media: "print" });
      assert.equal(await visit.page.isVisible("text=Harbor Island, west dock"), true);
      assert.equal(await visit.page.isVisible("text=Add to calendar"), false);
      await visit.shot("guest_print");
      assert.equal(await visit.sheets(), 1);
    }));

  it("has room for a name that does not break, and for nothing but a time", async () => {
    const named = await house.book({ guest: { name: `${longName} ${longName}` }, guest_notes: "" });
    const bare = await house.book({ guest: { name: "Bo" }, crew: [], guest_notes: "" });
    for (const scheme of schemes)
      await visiting(browser, { device: "small_phone", scheme }, async (visit) => {
        await visit.open(named.guestPage);
        await visit.shot("guest_long_name");
        await visit.findsNothing();
        await visit.open(bare.guestPage);
        await visit.findsNothing();
      });
  });
});
