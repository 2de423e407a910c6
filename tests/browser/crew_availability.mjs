// Days on which somebody cannot sail: a calendar of buttons, on a phone first.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { House } from "./house.mjs";
import { devices, launch, schemes, visiting } from "./visit.mjs";

const zone = "America/Los_Angeles";
const dayMs = 86_400_000;

// "2027-05-30" at the dock, so many days from now.
const dockDay = (days) =>
  new Date(Date.now() + days * dayMs).toLocaleDateString("sv-SE", { timeZone: zone });

// As the page says it: "Sunday, 30 May 2027".
function said(day) {
  const [year] = day.split("-");
  const at = new Date(`${day}T12:00Z`);
  const part = (options) => at.toLocaleDateString("en-US", { timeZone: "UTC", ...options });
  return `${part({ weekday: "long" })}, ${at.getUTCDate()} ${part({ month: "long" })} ${year}`;
}

const button = (visit, day) => visit.page.getByRole("button", { name: said(day), exact: true });
const pressed = (visit, day) => button(visit, day).getAttribute("aria-pressed");

async function press(visit, locator) {
  const coming = visit.page.waitForResponse((answer) => answer.request().isNavigationRequest());
  await locator.click();
  assert.equal((await coming).status(), 303);
  await visit.page.waitForLoadState("load");
}

describe("the days on which a crew member cannot sail", () => {
  let house, browser, links, address;
  const trip = dockDay(9);

  before(async () => {
    [house, browser] = await Promise.all([House.open(), launch()]);
    const booked = await house.book({ starts_at: `${trip}T16:30` });
    links = await booked.links();
    address = house.url("crew.jada", "/availability");
  });
  after(async () => {
    await browser?.close();
    house?.close();
  });

  it("are found from the trip's page, and lead back to it", async () => {
    await visiting(browser, { device: "phone" }, async (visit) => {
      await visit.open(links.ben);
      const back = visit.page.url();
      await visit.page.getByRole("link", { name: "Days you cannot sail" }).click();
      await visit.page.waitForURL(address);
      await visit.page.getByRole("link", { name: "Back to the trip" }).click();
      await visit.page.waitForURL(back);
    });
  });

  it("are struck and freed without scripts, and the page stays where the thumb is", async () => {
    await visiting(browser, { device: "phone", script: false }, async (visit) => {
      await visit.open(links.ana);
      await visit.open(address);
      const day = dockDay(40);
      assert.equal(await pressed(visit, day), "false");
      await press(visit, button(visit, day));
      assert.equal(await pressed(visit, day), "true");
      assert.ok(visit.page.url().endsWith(`#d${day}`));
      const { y } = await button(visit, day).boundingBox();
      assert.ok(y > 0 && y < devices.phone.height, `${y}`);
      const { crew } = await house.ask("GET", "/crew");
      assert.deepEqual(crew.find((one) => one.member === "ana").away, [day]);
      await press(visit, button(visit, day));
      assert.equal(await pressed(visit, day), "false");
      await visit.findsNothing();
    });
  });

  it("take a day that is further ahead, and give it back", async () => {
    await visiting(browser, { device: "small_phone" }, async (visit) => {
      await visit.open(links.cleo);
      await visit.open(address);
      const day = dockDay(200);
      await visit.page.getByLabel("Another day on which you cannot sail").fill(day);
      await press(visit, visit.page.getByRole("button", { name: "Strike it" }));
      assert.equal(await pressed(visit, day), "true");
      await visit.shot("crew_availability_later");
      await visit.findsNothing();
      await press(visit, button(visit, day));
      assert.equal(await button(visit, day).count(), 0);
    });
  });

  it("are reached and pressed by keyboard", async () => {
    await visiting(browser, {}, async (visit) => {
      await visit.open(links.cleo);
      await visit.open(address);
      const day = dockDay(1);
      await visit.tabTo(String(Number(day.slice(8))));
      await button(visit, day).focus();
      await visit.page.keyboard.press("Space");
      await visit.page.waitForURL(`${address}#d${day}`);
      assert.equal(await pressed(visit, day), "true");
      await press(visit, button(visit, day));
    });
  });

  for (const device of Object.keys(devices))
    for (const scheme of schemes)
      it(`show each day with a trip on a ${device} in ${scheme}`, async () => {
        await visiting(browser, { device, scheme }, async (visit) => {
          await visit.open(links.ben);
          await visit.open(address);
          const name = `${said(trip)}, you crew a trip`;
          assert.equal(await visit.page.getByRole("button", { name, exact: true }).count(), 1);
          for (const ahead of [3, 4, 24])
            if ((await pressed(visit, dockDay(ahead))) === "false")
              await press(visit, button(visit, dockDay(ahead)));
          await visit.shot("crew_availability");
          await visit.findsNothing();
        });
      });
});
