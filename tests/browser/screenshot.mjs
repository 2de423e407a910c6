// Makes docs/screenshot.png again: the guest page on a desk, and beside it the crew page of the same
// charter on a phone. `node tests/browser/screenshot.mjs`, after ./dev build and ./dev test browser.
// Fonts: fonts-inter and fonts-urw-base35 of Debian stand in for those of phones and desks.
import path from "node:path";
import { fileURLToPath } from "node:url";

import { House } from "./house.mjs";
import { launch } from "./visit.mjs";

const target = fileURLToPath(new URL("../../docs/screenshot.png", import.meta.url));
const fonts = ':root { --sans: Inter, "DejaVu Sans"; --serif: P052, "DejaVu Serif"; }';

async function open(browser, url, options) {
  // Our pages allow no style but their own sheet; the picture's fonts are let past that.
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const page = await context.newPage();
  await page.goto(url);
  await page.addStyleTag({ content: fonts });
  return page;
}

async function picture(page) {
  await page.evaluate("document.fonts.ready");
  return `data:image/png;base64,${(await page.screenshot()).toString("base64")}`;
}

async function guestPicture(browser, trip) {
  const viewport = { width: 1120, height: 860 };
  return picture(await open(browser, trip.guestPage, { viewport }));
}

// As Ana sees it once she has said yes.
async function crewPicture(browser, trip) {
  const viewport = { width: 370, height: 780 };
  const page = await open(browser, (await trip.links()).ana, { viewport, isMobile: true });
  await page.getByRole("button", { name: "Yes, I’m in" }).click();
  await page.waitForSelector('.answer [value="yes"][aria-pressed="true"]');
  await page.addStyleTag({ content: fonts });
  return picture(page);
}

async function compose(browser, guest, crew) {
  const viewport = { width: 1440, height: 900 };
  const page = await browser.newPage({ viewport });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; background: #dfe5ea; position: relative; width: 1440px; height: 900px }
    img { position: absolute; display: block }
    .desk { left: 40px; top: 20px; border-radius: 12px; box-shadow: 0 12px 40px #12345540 }
    .phone { right: 40px; bottom: 20px; border: 9px solid #16202b; border-radius: 36px;
      box-shadow: 0 12px 40px #12345580 }
    </style><img class="desk" src="${guest}" alt=""><img class="phone" src="${crew}" alt="">`);
  await page.screenshot({ path: target });
}

const [house, browser] = await Promise.all([House.open(), launch()]);
try {
  const trip = await house.book();
  const guest = await guestPicture(browser, trip);
  await compose(browser, guest, await crewPicture(browser, trip));
  console.log(path.relative(process.cwd(), target));
} finally {
  await browser.close();
  house.close();
}
