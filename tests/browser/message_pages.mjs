// The small pages: a link that leads nowhere or no more, and an address without its link.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { devices, schemes, visiting, within } from "./visit.mjs";

describe("the small pages", () => {
  let house, browser, trip, other;

  within(async (there) => {
    ({ house, browser } = there);
    [trip, other] = [await house.book(), await house.book()];
  });

  const cases = [
    {
      name: "not_found",
      url: () => house.url("guest.jada", "/g/nobody-jan-1.html"),
      status: 404,
      title: "This page is not here",
    },
    {
      name: "nowhere",
      url: () => house.url("guest.jada", "/nowhere"),
      status: 404,
      title: "This page is not here",
    },
    {
      name: "stranger",
      url: () => house.url("guest.tern", new URL(trip.guestPage).pathname),
      status: 404,
      title: "This page is not here",
    },
    {
      name: "wrong_link",
      url: () => house.url("crew.jada", `/c/${"a".repeat(68)}`),
      status: 404,
      title: "This link does not work",
    },
    {
      name: "link_needed",
      url: () => trip.crewPage,
      status: 401,
      title: "Please open your link",
    },
  ];

  for (const { name, url, status, title } of cases)
    it(`${name} says “${title}”`, async () => {
      for (const scheme of schemes)
        for (const device of Object.keys(devices))
          await visiting(browser, { device, scheme }, async (visit) => {
            await visit.open(url(), status);
            assert.equal(await visit.page.innerText("h1"), title);
            await visit.shot(`message_${name}`);
            await visit.findsNothing();
          });
    });

  it("a link that was cut by one letter opens nothing", () =>
    visiting(browser, { device: "phone" }, async (visit) => {
      const { ana } = await trip.links();
      await visit.open(ana.slice(0, -1), 404);
      assert.deepEqual(await visit.context.cookies(), []);
    }));

  it("a link of one trip does not open another", () =>
    visiting(browser, { device: "phone" }, async (visit) => {
      await visit.open((await trip.links()).ana);
      await visit.open(other.crewPage, 404);
      assert.equal(await visit.page.innerText("h1"), "This page is not here");
    }));

  it("a link of one operator does not open the other's site", () =>
    visiting(browser, { device: "phone" }, async (visit) => {
      const { pathname } = new URL((await trip.links()).ana);
      await visit.open(house.url("crew.tern", pathname), 404);
      assert.deepEqual(await visit.context.cookies(), []);
    }));
});
