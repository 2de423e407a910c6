// The weather briefing on the crew page: on a phone, in both schemes, and on one sheet when printed.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { after, before, describe, it } from "node:test";

import { House, root, waitFor } from "./house.mjs";
import { launch, schemes, visiting } from "./visit.mjs";

// 44.448 km/h are 24 knots, two above what JADA takes without care.
async function openServices() {
  const stub = path.join(root, "tests/journeys/forecast_stub.py");
  const services = spawn("/usr/bin/python3", ["-B", stub, "44.448"]);
  const [line] = await once(services.stdout, "data");
  return { services, url: String(line).trim() };
}

// The day after tomorrow at the dock: whatever the time is there, all of it is ahead, and near.
function soon() {
  const day = new Date(Date.now() + 2 * 24 * 3600 * 1000);
  return new Intl.DateTimeFormat("en-CA", { timeZone: "America/Los_Angeles" }).format(day);
}

describe("the weather on the crew page", () => {
  let services, house, browser, trip;

  before(async () => {
    const opened = await openServices();
    services = opened.services;
    const settings = `weather_url = "${opened.url}"\ntides_url = "${opened.url}"\n`;
    [house, browser] = await Promise.all([House.open(settings), launch()]);
    trip = await house.book({ starts_at: `${soon()}T12:00` });
    await trip.mails();
    await house.startAgain(); // forecasts are looked after from the start on
  });
  after(async () => {
    await browser?.close();
    house?.close();
    services?.kill();
  });

  async function read(visit) {
    await visit.open((await trip.links()).ana);
    const verdict = visit.page.locator(".verdict");
    await waitFor(async () => (await verdict.count()) || (await visit.page.reload(), 0), "a briefing");
    return (await visit.page.locator("section.weather").innerText()).replace(/\s+/g, " ");
  }

  for (const scheme of schemes)
    it(`says in words what it means, ${scheme}`, async () => {
      await visiting(browser, { device: "phone", scheme }, async (visit) => {
        const text = await read(visit);
        for (const what of ["Caution", "Gusts 24 kn at 12:00 PM (limit 22 kn)", "W 10 kn",
          "San Diego (NOAA CO-OPS)", "National Weather Service: issued"])
          assert.ok(text.includes(what), `${what} in ${text}`);
        await visit.shot("crew_weather");
        await visit.findsNothing();
      });
    });

  it("prints on one sheet with the rest", async () => {
    await visiting(browser, {}, async (visit) => {
      await read(visit);
      await visit.page.emulateMedia({ media: "print" });
      await visit.shot("crew_weather_print");
      assert.equal(await visit.sheets(), 1);
    });
  });
});
