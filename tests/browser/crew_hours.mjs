// Hours as the crew says them: the clock's two buttons and the number, on a trip of today.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { devices, schemes, visiting, within } from "./visit.mjs";

const zone = "America/Los_Angeles";

// An hour from now at the dock's clock, as a booking writes it.
function soon() {
  const at = new Date(Date.now() + 3_600_000);
  const wall = at.toLocaleString("sv-SE", { timeZone: zone }).slice(0, 16).replace(" ", "T");
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  const offset = parts.formatToParts(at).find((part) => part.type === "timeZoneName").value;
  return wall + offset.replace("GMT", "");
}

const button = (visit, name) => visit.page.getByRole("button", { name, exact: true });
const field = (visit) => visit.page.getByLabel("Or enter the hours, in quarters");
const card = (visit) => visit.page.getByRole("region", { name: "Your hours" });

async function press(visit, name, status = 303) {
  const coming = visit.page.waitForResponse((answer) => answer.request().isNavigationRequest());
  await button(visit, name).click();
  assert.equal((await coming).status(), status);
  await visit.page.waitForLoadState("load");
}

async function says(visit, text) {
  const shown = await card(visit).innerText();
  assert.ok(shown.includes(text), `${text} in ${shown}`);
}

describe("hours on the crew page", () => {
  let house, browser, trip, links;

  within(async (there) => {
    ({ house, browser } = there);
    trip = await house.book({ starts_at: soon() });
    links = await trip.links();
  });

  it("are clocked without scripts, by two big buttons of which one does something", async () => {
    await visiting(browser, { device: "phone", script: false }, async (visit) => {
      await visit.open(links.ana);
      await says(visit, "Nothing noted yet.");
      for (const [does, other, state] of [
        ["Clock in", "Clock out", "You are clocked in."],
        ["Clock out", "Clock in", "Noted: 0 hours"],
      ]) {
        assert.equal(await button(visit, other).isDisabled(), true);
        const { width, height } = await button(visit, does).boundingBox();
        assert.ok(width >= 130 && height >= 48, `${does} is ${width} × ${height}`);
        await press(visit, does);
        await says(visit, state);
        await visit.shot(`crew_hours_${does.replace(" ", "_").toLowerCase()}`);
        await visit.findsNothing();
      }
    });
  });

  for (const device of Object.keys(devices))
    for (const scheme of schemes)
      it(`are entered in quarters on a ${device} in ${scheme}`, async () => {
        await visiting(browser, { device, scheme }, async (visit) => {
          await visit.open(links.ben);
          await field(visit).fill("3.3");
          await button(visit, "Save").click();
          const fits = await field(visit).evaluate((input) => input.validity.valid);
          assert.equal(fits, false, "the browser itself keeps quarters");
          await field(visit).fill("3.25");
          await press(visit, "Save");
          await says(visit, "Noted: 3.25 hours");
          assert.equal(await field(visit).inputValue(), "3.25");
          await visit.shot("crew_hours");
          await visit.findsNothing();
        });
      });

  it("say on the page what was wrong, and cannot be changed once they are approved", async () => {
    await visiting(browser, { device: "phone" }, async (visit) => {
      await visit.open(links.cleo);
      await press(visit, "Clock in");
      const stale = await visit.context.newPage();
      await stale.goto(trip.crewPage);
      await press(visit, "Clock out");
      const coming = stale.waitForResponse((answer) => answer.request().isNavigationRequest());
      await stale.getByRole("button", { name: "Clock out", exact: true }).click();
      assert.equal((await coming).status(), 409);
      const alert = await stale.getByRole("alert").innerText();
      assert.ok(alert.includes("You are not clocked in"), alert);
      await stale.close();
      await house.ask("PUT", `/charters/${trip.charter}/hours/cleo`, {
        hours: "4.75",
        approved: true,
      });
      await visit.page.reload();
      await says(visit, "Approved: 4.75 hours.");
      assert.equal(await card(visit).getByRole("button").count(), 0);
      await visit.findsNothing();
    });
  });
});
