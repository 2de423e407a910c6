// The mails' HTML as a mail program on a desk and on a phone shows it.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";

import { visiting, within } from "./visit.mjs";

describe("the mails", () => {
  let house, browser, trip, mails;

  within(async (there) => {
    ({ house, browser } = there);
    trip = await house.book();
    mails = await trip.mails();
  });

  for (const [who, link] of [
    ["dana", () => trip.guestLink],
    ["ana", async () => (await trip.links()).ana],
  ])
    for (const device of ["mail", "small_phone", "phone"])
      it(`to ${who} is sound at the width of a ${device}`, () =>
        visiting(browser, { device }, async (visit) => {
          await visit.page.setContent(mails[who].html);
          await visit.shot(`mail_${who}`);
          await visit.findsNothing({ as: "letter" });
          const hrefs = await visit.page.$$eval("a", (all) => all.map((one) => one.href));
          assert.equal(hrefs.filter((href) => /\/(c|g)\//.test(href)).length, 1);
          assert.ok(hrefs.includes(await link()));
        }));

  describe("that remind of the trip", () => {
    let reminders;

    before(async () => {
      reminders = await trip.reminders(24);
    });

    for (const who of ["dana", "ana"])
      for (const device of ["mail", "small_phone", "phone"])
        it(`to ${who} are sound at the width of a ${device}`, () =>
          visiting(browser, { device }, async (visit) => {
            await visit.page.setContent(reminders[who].html);
            await visit.shot(`reminder_${who}`);
            await visit.findsNothing({ as: "letter" });
            const titles = await visit.page.$$eval("h2", (all) => all.map((one) => one.innerText));
            assert.equal(titles.includes("Weather for your hours"), who === "ana");
            const hrefs = await visit.page.$$eval("a", (all) => all.map((one) => one.href));
            assert.equal(hrefs.filter((href) => /\/(c|g)\//.test(href)).length, 1);
          }));
  });
});
