// A seat that is open: the page of who is asked, on a phone; and one crew member's day from there:
// days off, an answer, ticks without a signal, and the owner's receipt that shows it all.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { waitFor } from "./house.mjs";
import { devices, schemes, visiting, within } from "./visit.mjs";
import { Wire } from "./wire.mjs";

// Whoever runs this does so at any hour, and nobody is asked at night.
const atAnyHour = (text) =>
  text.replace('civil_from = "08:00"', 'civil_from = "00:00"').replace(
    'civil_until = "20:00"',
    'civil_until = "24:00"',
  );

const button = (visit, name) => visit.page.getByRole("button", { name, exact: true });
const box = (visit, item) => visit.page.getByRole("checkbox", { name: item });

async function press(visit, name, status = 303) {
  const coming = visit.page.waitForResponse((answer) => answer.request().isNavigationRequest());
  await button(visit, name).click();
  assert.equal((await coming).status(), status);
  await visit.page.waitForLoadState("load");
}

describe("an open seat", () => {
  let house, browser;

  within((there) => {
    ({ house, browser } = there);
    house.apply("jada", atAnyHour);
  });

  const seeking = (...crew) => house.book({ crew });
  const call = async (trip) => (await house.ask("GET", `/charters/${trip.charter}/receipt`)).call;
  // The link of the mail that asks a member.
  async function asked(trip, member) {
    const mail = await waitFor(
      () => house.mailOf((job) => job.startsWith(`${trip.charter}.seat_ask.`) && job.includes(member)),
      `${member} is asked`,
    );
    return /http:\/\/\S+\/c\/[a-z0-9]+/.exec(mail.text)[0];
  }

  for (const device of Object.keys(devices))
    for (const scheme of schemes)
      it(`is offered on a ${device} in ${scheme}, with and without scripts`, async () => {
        const trip = await seeking({ role: "captain" });
        const link = await asked(trip, "ana");
        for (const script of [true, false])
          await visiting(browser, { device, scheme, script }, async (visit) => {
            await visit.open(link);
            assert.equal(await visit.page.title(), "Wanted on JADA: captain");
            const { width, height } = await button(visit, "Yes, I’m in").boundingBox();
            assert.ok(width >= 130 && height >= 48, `${width} × ${height}`);
            await visit.shot("seat_offered");
            await visit.findsNothing();
          });
      });

  it("goes to the next after a no, and is told kindly to who comes late", async () => {
    const trip = await seeking({ role: "captain" });
    const ana = await asked(trip, "ana");
    await visiting(browser, { device: "phone", script: false }, async (visit) => {
      await visit.open(ana);
      await press(visit, "No, I can’t");
      assert.match(await visit.page.innerText("main"), /You said no. If you can after all/);
      await visit.findsNothing();
    });
    const ben = await asked(trip, "ben");
    await visiting(browser, { device: "phone" }, async (visit) => {
      await visit.open(ben);
      await press(visit, "Yes, I’m in");
      assert.match(await visit.page.innerText("main"), /before departure/i);
    });
    await visiting(browser, { device: "small_phone" }, async (visit) => {
      await visit.open(ana);
      assert.equal(await visit.page.title(), "The seat is taken");
      await visit.shot("seat_taken");
      await visit.findsNothing();
    });
    const { asks, seats } = await call(trip);
    assert.deepEqual(
      asks.map(({ member, state }) => `${member} ${state}`),
      ["ana no", "ben yes"],
    );
    assert.deepEqual(
      seats.map(({ name, state }) => `${name} ${state}`),
      ["Ben Okafor confirmed"],
    );
  });

  it("begins a day of days off, an answer and ticks without a signal", async () => {
    const trip = await seeking({ role: "captain" }, { member: "cleo", role: "crew" });
    const items = ["VHF radio check", "Life jackets counted", "Lost property"];
    const link = await asked(trip, "ana");
    const wire = await Wire.open();
    let day;
    try {
      await visiting(browser, { device: "phone", wire }, async (visit) => {
        visit.mayLog(/ERR_(INTERNET_DISCONNECTED|FAILED|EMPTY_RESPONSE|CONNECTION_(RESET|CLOSED))/);
        await visit.open(link);
        await press(visit, "Yes, I’m in");

        await visit.page.getByRole("link", { name: "Days you cannot sail" }).click();
        await visit.page.waitForLoadState("load");
        const free = visit.page.locator('td button[aria-pressed="false"]').last();
        day = await free.getAttribute("value");
        await free.click();
        await visit.page.locator(`td button[value="${day}"][aria-pressed="true"]`).waitFor();
        await visit.shot("crew_day_off");

        await visit.page.goto(trip.crewPage);
        await waitFor(
          () =>
            visit.page.evaluate(
              async (page) => Boolean(await (await caches.open("pages")).match(page)),
              new URL(trip.crewPage).pathname,
            ),
          "a copy",
        );
        visit.offline = true;
        await visit.context.setOffline(true);
        visit.wire.cut();
        await visit.page.reload();
        for (const item of items) {
          await box(visit, item).tap();
          await visit.page
            .locator("li", { hasText: item })
            .getByText("waiting for a signal")
            .waitFor();
        }
        await visit.shot("crew_day_offline");
        visit.offline = false;
        visit.wire.mend();
        await visit.context.setOffline(false);
        for (const item of items)
          await box(visit, item).getByText(/Ana Reyes, \d\d:\d\d/).waitFor();
      });
    } finally {
      wire.close();
    }
    const receipt = await house.ask("GET", `/charters/${trip.charter}/receipt`);
    const seat = receipt.call.seats.find(({ role }) => role === "captain");
    assert.equal(`${seat.name} ${seat.state}`, "Ana Reyes confirmed");
    assert.ok(seat.answered_at);
    const ticked = receipt.checklist.filter(({ done }) => done);
    assert.deepEqual(ticked.map(({ text }) => text).sort(), [...items].sort());
    for (const { by, at } of ticked) assert.ok(by === "Ana Reyes" && at);
    const { crew } = await house.ask("GET", "/crew");
    assert.deepEqual(crew.find(({ member }) => member === "ana").away, [day]);
  });
});
