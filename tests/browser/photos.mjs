// The uploader on the guest page: a party's photos over a bad line, and everything it must say.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";

import { waitFor } from "./house.mjs";
import { presign as ask } from "./photo_forms.mjs";
import { devices, schemes, visiting, within } from "./visit.mjs";

const store = "**/o/jada-photos";
const presign = "**/photos/presign";
const heic = Buffer.concat([Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Buffer.alloc(250000, 7)]);
const slowLine = { offline: false, latency: 40, downloadThroughput: 4e6, uploadThroughput: 900e3 };

// Pictures that are ones: drawn and packed by the browser itself. Noise, so that they have weight.
async function picturesOf(browser) {
  const page = await browser.newPage();
  const draw = ([type, hue]) => {
    const canvas = new OffscreenCanvas(400, 300);
    const paper = canvas.getContext("2d");
    const sky = paper.createLinearGradient(0, 0, 400, 300);
    sky.addColorStop(0, `hsl(${hue} 80% 75%)`);
    sky.addColorStop(1, `hsl(${hue + 60} 70% 30%)`);
    paper.fillStyle = sky;
    paper.fillRect(0, 0, 400, 300);
    const noisy = paper.getImageData(0, 0, 400, 300);
    for (let i = 0; i < noisy.data.length; ++i)
      if (i % 4 < 3) noisy.data[i] += Math.random() * 48 - 24;
    paper.putImageData(noisy, 0, 0);
    return canvas.convertToBlob({ type, quality: 1 }).then((blob) => new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.split(",")[1]);
      reader.readAsDataURL(blob);
    }));
  };
  const pictures = [];
  for (let i = 0; i < 11; ++i) {
    const kind = ["jpeg", "png", "webp"][i % 3];
    const buffer = Buffer.from(await page.evaluate(draw, [`image/${kind}`, i * 33]), "base64");
    pictures.push({ name: `harbor ${i + 1}.${kind}`, mimeType: `image/${kind}`, buffer });
  }
  await page.close();
  return [...pictures, { name: "IMG_0042.HEIC", mimeType: "", buffer: heic }];
}

// Promises so many photos that no other of that size has room.
async function fill(trip, photo) {
  const count = Math.floor(4294967296 / photo.size);
  for (let i = 0; i < count; ++i) await ask(trip, photo);
}

describe("the uploader", () => {
  let house, browser, trip, pictures;

  within(async (there) => {
    ({ house, browser } = there);
    trip = await house.book();
    pictures = await picturesOf(browser);
  });

  // --- what the tests do with it

  const begin = async (visit, url = trip.guestLink) => {
    await visit.open(url);
    await visit.page.waitForSelector("#photo-files", { state: "attached" });
  };
  // Large ones from the disk, as people have them: the way to the browser is no way for megabytes.
  const choose = (visit, files) => {
    const large = files.some(({ buffer }) => buffer.length > 1e6);
    return visit.page.setInputFiles("#photo-files", large ? files.map(onDisk) : files);
  };
  const onDisk = ({ name, buffer }) => {
    const file = path.join(mkdtempSync(path.join(house.folder, "photo-")), name);
    writeFileSync(file, buffer);
    return file;
  };
  const said = (visit) => visit.page.innerText("#photos [data-said]");
  const rows = (visit) =>
    visit.page.$$eval(".photos li", (found) =>
      found.map((row) => ({
        name: row.querySelector(".name").textContent,
        state: row.dataset.state,
        note: row.querySelector(".note").textContent,
      })),
    );
  const ended = (visit, seconds = 60) =>
    waitFor(async () => {
      const found = await rows(visit);
      return found.every(({ state }) => ["done", "refused", "failed"].includes(state)) && found;
    }, "every photo has ended", seconds);
  const received = async (of = trip) => {
    const { photos } = await house.ask("GET", `/charters/${of.charter}/photos`);
    return photos.filter(({ state }) => state === "received");
  };
  // Every value that a progress bar had, by the name that it carries.
  const watchBars = (visit) =>
    visit.page.evaluate(() => {
      window.seen = {};
      const look = () => {
        for (const bar of document.querySelectorAll("#photos progress"))
          (window.seen[bar.ariaLabel ?? "all"] ??= []).push(bar.value);
        requestAnimationFrame(look);
      };
      look();
    });

  it("brings twelve photos over a bad line", async () => {
    await visiting(browser, { device: "phone" }, async (visit) => {
      const { page } = visit;
      await begin(visit);
      const line = await visit.context.newCDPSession(page);
      await line.send("Network.enable");
      await line.send("Network.emulateNetworkConditions", slowLine);
      await watchBars(visit);
      // One connection breaks, and one form is answered as if it had expired.
      visit.offline = true;
      visit.mayLog(/ERR_CONNECTION_RESET/);
      visit.expectedStatuses.add(403);
      let asked = 0;
      let posted = 0;
      await page.route(presign, (route) => (++asked, route.continue()));
      await page.route(store, (route) => {
        ++posted;
        if (posted === 3) return route.abort("connectionreset");
        if (posted !== 6) return route.continue();
        return route.fulfill({
          status: 403,
          contentType: "application/xml",
          body: "<Error><Code>AccessDenied</Code><Message>Invalid according to Policy: " +
            "Policy expired.</Message></Error>",
        });
      });
      await choose(visit, pictures);
      await page.waitForFunction(() => document.querySelectorAll('[data-state="done"]').length > 3);
      assert.match(await said(visit), /^\d+ of 12 received\.$/);
      await visit.shot("photos_on_their_way");
      const found = await ended(visit);
      assert.deepEqual(found.map(({ state }) => state), Array(12).fill("done"));
      assert.equal(await said(visit), "All 12 photos are there. Thank you!");
      assert.equal(posted, 14);
      assert.equal(asked, 13);
      const seen = await page.evaluate("window.seen");
      for (const [name, values] of Object.entries(seen)) {
        const between = new Set(values.filter((value) => value > 0 && value < 1));
        assert.ok(between.size >= (name === "all" ? 12 : 1), `${name}: ${[...between]}`);
      }
      assert.equal(Object.keys(seen).length, 13);
      await visit.shot("photos_all_there");
      await visit.findsNothing();
    });
    const photos = await received();
    assert.equal(photos.length, 12);
    for (const picture of pictures) {
      const photo = photos.find(({ filename }) => filename === picture.name);
      assert.equal(photo?.bytes, picture.buffer.length, picture.name);
      const bytes = await house.bytes(`/charters/${trip.charter}/photos/${photo.id}`);
      assert.ok(bytes.equals(picture.buffer), picture.name);
    }
    const heicPhoto = photos.find(({ filename }) => filename === "IMG_0042.HEIC");
    assert.equal(heicPhoto.content_type, "image/heic");
  });

  for (const device of Object.keys(devices))
    for (const scheme of schemes)
      it(`is sound on a ${device} in ${scheme}, and says why it refuses`, async () => {
        const own = await house.book();
        await visiting(browser, { device, scheme }, async (visit) => {
          await begin(visit, own.guestLink);
          await visit.shot("photos_before");
          await visit.findsNothing();
          const tooLarge = { ...pictures[0], name: "too large.jpg", buffer: Buffer.alloc(26214401) };
          await choose(visit, [
            pictures[0],
            tooLarge,
            { name: "plan.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") },
            { name: "nothing.png", mimeType: "image/png", buffer: Buffer.alloc(0) },
            { ...pictures[1], name: `${"very long ".repeat(18)}.png` },
          ]);
          const notes = (await ended(visit)).map(({ state, note }) => `${state}: ${note}`);
          assert.deepEqual(notes, [
            "done: Received",
            "refused: Too large: a photo may have up to 25\u00a0MB.",
            "refused: Only JPEG, PNG, WebP, HEIC and AVIF pictures can be taken.",
            "refused: The file is empty.",
            "done: Received",
          ]);
          assert.equal(await said(visit),
            "All 2 photos are there. Thank you! Not taken: 3 (see below).");
          await visit.shot("photos_refused");
          await visit.findsNothing();
        });
        assert.equal((await received(own)).length, 2);
      });

  it("says when the time is over or the link was cut", async () => {
    await visiting(browser, {}, async (visit) => {
      visit.expectedStatuses.add(404);
      await begin(visit, trip.guestLink.slice(0, -3));
      await choose(visit, [pictures[0]]);
      const [photo] = await ended(visit);
      assert.match(photo.note, /can no longer be added here, or the link .* not copied whole/);
    });
  });

  it("says when the trip has all the photos that it can take", async () => {
    const own = await house.book();
    const largest = { filename: "a.jpg", type: "image/jpeg", size: 26214400 };
    await fill(own, largest);
    await visiting(browser, {}, async (visit) => {
      visit.expectedStatuses.add(429);
      await begin(visit, own.guestLink);
      await choose(visit, [{ ...pictures[0], buffer: Buffer.alloc(26214400, 1) }]);
      const [photo] = await ended(visit);
      assert.equal(photo.note, "This trip has as many photos as it can take.");
    });
  });

  it("tries again by itself and, when it gave up, by hand", async () => {
    const own = await house.book();
    await visiting(browser, { device: "phone" }, async (visit) => {
      const { page } = visit;
      // Its pauses are a person's, not a test's.
      await page.clock.install();
      await begin(visit, own.guestLink);
      visit.offline = true;
      visit.mayLog(/ERR_CONNECTION_RESET/);
      visit.expectedStatuses.add(503);
      let tries = 0;
      await page.route(store, (route) =>
        ++tries % 2 ? route.abort("connectionreset") : route.fulfill({ status: 503, body: "" }),
      );
      await choose(visit, [pictures[0]]);
      await page.waitForSelector('[data-state="retrying"]');
      await visit.shot("photos_retrying");
      await waitFor(async () => {
        await page.clock.runFor(40000);
        return (await rows(visit))[0].state === "failed";
      }, "it gives up");
      assert.equal(tries, 8);
      assert.equal((await rows(visit))[0].note, "Not sent: the line was away too long.");
      await visit.shot("photos_failed");
      await visit.findsNothing();
      await page.unroute(store);
      await visit.tabTo("Try again");
      await page.keyboard.press("Enter");
      await waitFor(async () => (await rows(visit))[0].state === "done", "it arrives");
      assert.equal(await said(visit), "Your photo is there. Thank you!");
    });
    assert.equal((await received(own)).length, 1);
  });

  it("is worked by keyboard", () =>
    visiting(browser, {}, async (visit) => {
      // Listened for from the start: the browser is told of it in its own time.
      const choosers = [];
      visit.page.on("filechooser", (chooser) => choosers.push(chooser));
      await begin(visit);
      const inFocus = () => visit.page.evaluate("document.activeElement.id");
      for (let presses = 0; (await inFocus()) !== "photo-files"; ++presses) {
        assert.ok(presses < 40, "Tab never reaches the input");
        await visit.page.keyboard.press("Tab");
      }
      const outline = await visit.page.$eval("#photos label", (label) =>
        parseFloat(getComputedStyle(label).outlineWidth));
      assert.ok(outline >= 2, "the focus cannot be seen");
      for (const key of ["Enter", "Space"]) {
        await visit.page.keyboard.press(key);
        const chooser = await waitFor(() => choosers.pop(), `${key} opens the chooser`);
        assert.ok(chooser.isMultiple());
        await chooser.setFiles([pictures[2]]);
      }
      assert.deepEqual((await ended(visit)).map(({ state }) => state), ["done", "done"]);
    }));

  it("is not fetched without the key, and the page says what is needed", async () => {
    for (const [script, url, sentence] of [
      [true, trip.guestPage, "open this page through the link in your mail"],
      [false, trip.guestLink, "needs JavaScript"],
    ])
      await visiting(browser, { script, device: "phone" }, async (visit) => {
        const fetched = [];
        visit.page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
        await visit.open(url);
        assert.ok((await visit.page.innerText("#photos")).includes(sentence));
        assert.ok(!fetched.some((path) => path.includes("photos")), fetched.join(" "));
        assert.equal(await visit.page.$("#photo-files"), null);
        for (const useful of ["4:30 PM – 7:30 PM PDT", "Harbor Island, west dock"])
          assert.ok((await visit.page.innerText("main")).includes(useful));
        await visit.shot(script ? "photos_without_key" : "photos_without_script");
        await visit.findsNothing();
      });
  });

  it("is refused by the browser when it was changed on the way, and the page says so", () =>
    visiting(browser, {}, async (visit) => {
      visit.mayLog(/integrity/);
      const changed = `${readFileSync(new URL("../../assets/photos.js", import.meta.url))};`;
      await visit.page.route("**/assets/photos.*.js", (route) =>
        route.fulfill({ contentType: "text/javascript", body: changed }));
      await visit.open(trip.guestLink);
      await visit.page.waitForFunction(() => document.querySelector("[data-said]").textContent);
      assert.match(await said(visit), /did not arrive. Reload the page/);
      assert.equal(await visit.page.$("#photo-files"), null);
    }));
});
