// A data folder of its own with the two example operators and the server on it. What a test learns
// of it comes from outside: the commands' answers, HTTP and the maildrop.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const binary = process.env.FAIRLEAD_BINARY ?? path.join(root, "build/release/fairlead");
// Multiplies every deadline, for builds under sanitizers.
export const patience = Number(process.env.FAIRLEAD_PATIENCE ?? "1");

export async function waitFor(condition, what, seconds = 20) {
  const deadline = Date.now() + seconds * 1000 * patience;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// The links in mails name the port, so it must be known before the server starts.
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// One mail, as Python's own parser sees it.
function readMail(file) {
  const reader = path.join(root, "tests/base/read_mail.py");
  const mail = JSON.parse(execFileSync("python3", ["-B", reader], { input: readFileSync(file) }));
  const part = (type) => mail.parts.find((one) => one.type === type).body;
  return {
    to: mail.addresses.To[1],
    subject: mail.headers.Subject[0],
    text: part("text/plain"),
    html: part("text/html"),
  };
}

// A charter of the example booking, and what it sent out.
class Trip {
  constructor(house, booked) {
    this.house = house;
    this.charter = booked.charter;
    this.guestPage = booked.guest_page;
    this.guestLink = booked.guest_link;
    this.crewPage = booked.event.url;
    this.startsAt = new Date(booked.starts_at_utc);
  }

  // By recipient's first name, as soon as no job of the charter is planned any more.
  async mails() {
    const receipt = await waitFor(async () => {
      const { receipt: jobs } = await this.house.ask("GET", `/charters/${this.charter}/receipt`);
      return jobs.every((job) => job.state !== "planned") && jobs;
    }, `every job of ${this.charter} ends`);
    const files = receipt.map((job) => path.join(this.house.data, "maildrop", `${job.job}.eml`));
    const mails = files.filter((file) => existsSync(file)).map(readMail);
    return Object.fromEntries(mails.map((mail) => [mail.to.split("@")[0], mail]));
  }

  // What reminded each of the trip so many hours before it, by first name; the server's clock is
  // moved to that moment.
  async reminders(hours) {
    await this.mails();
    await this.house.startLater((this.startsAt - Date.now()) / 1000 - hours * 3600 + 1);
    const drop = path.join(this.house.data, "maildrop");
    const files = await waitFor(() => {
      const found = readdirSync(drop).filter((name) =>
        new RegExp(`^${this.charter}\\.(crew|guest)_reminder\\.\\d+\\.${hours}\\b`).test(name),
      );
      return found.length === 4 && found;
    }, `the reminders of ${hours} hours before`);
    const mails = files.map((name) => readMail(path.join(drop, name)));
    return Object.fromEntries(mails.map((mail) => [mail.to.split("@")[0], mail]));
  }

  // The personal link of each crew member, by first name, as their mail has it.
  async links() {
    const links = {};
    for (const [name, mail] of Object.entries(await this.mails())) {
      const link = /http:\/\/\S+\/c\/[a-z0-9]+/.exec(mail.text);
      if (link) links[name] = link[0];
    }
    return links;
  }
}

export class House {
  // forecasts: the [forecasts] of the settings.
  static async open(forecasts = 'engine = "none"\n') {
    const house = new House();
    house.folder = mkdtempSync(path.join(tmpdir(), "fairlead-browser-"));
    house.data = path.join(house.folder, "data");
    house.trips = 0;
    try {
      house.port = await freePort();
      mkdirSync(house.data);
      const settings = `[public]\nurl = "http://{host}:${house.port}"\n[forecasts]\n${forecasts}`;
      writeFileSync(path.join(house.data, "fairlead.toml"), settings);
      house.token = house.apply("jada").dashboard_token;
      house.apply("tern");
      await house.start();
    } catch (error) {
      house.close();
      throw error;
    }
    return house;
  }

  // changed: what the example's file says instead.
  apply(tenant, changed = (text) => text) {
    const example = readFileSync(path.join(root, "examples", `${tenant}.toml`), "utf8");
    const file = path.join(this.folder, `${tenant}.toml`);
    writeFileSync(file, changed(example));
    const parts = ["tenant", "apply", file, "--data", this.data, "--json"];
    return JSON.parse(execFileSync(binary, parts));
  }

  // ahead: seconds by which the server's clock is (tests/faults/clock_ahead.cpp).
  async start(ahead = 0) {
    let said = "";
    let log = "";
    const listen = `127.0.0.1:${this.port}`;
    const env = { ...process.env };
    if (ahead) {
      env.LD_PRELOAD = path.join(path.dirname(binary), "clock_ahead.so");
      env.FAIRLEAD_CLOCK_AHEAD = String(Math.round(ahead));
      env.ASAN_OPTIONS = "verify_asan_link_order=0";
    }
    this.server = spawn(binary, ["serve", "--data", this.data, "--listen", listen], { env });
    this.server.stdout.on("data", (bytes) => (said += bytes));
    this.server.stderr.on("data", (bytes) => (log += bytes));
    await waitFor(() => {
      if (this.server.exitCode !== null) throw new Error(`the server ended: ${log}`);
      return said.includes("listening on");
    }, "the server listens");
  }

  async startAgain() {
    await this.startLater(0);
  }

  async startLater(ahead) {
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill("SIGTERM");
    await ended;
    await this.start(ahead);
  }

  close() {
    this.server?.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  // The example booking, changed; each on a day of its own from the next 30 May that is far enough
  // ahead for every mail to be sent at once.
  async book(changes = {}) {
    const written = JSON.parse(readFileSync(path.join(root, "examples/booking.json"), "utf8"));
    const now = new Date();
    const passed = now > new Date(Date.UTC(now.getUTCFullYear(), 4, 25));
    const year = now.getUTCFullYear() + (passed ? 1 : 0);
    const day = new Date(Date.UTC(year, 4, 30 + this.trips));
    const booking = {
      ...written,
      reference: this.trips ? `${written.reference}${this.trips}` : written.reference,
      starts_at: `${day.toISOString().slice(0, 10)}T16:30`,
      ...changes,
    };
    ++this.trips;
    return new Trip(this, await this.ask("POST", "/bookings", booking));
  }

  // The first mail whose job is meant, if it has been sent.
  mailOf(isMeant) {
    const drop = path.join(this.data, "maildrop");
    const file = existsSync(drop) && readdirSync(drop).find((name) => isMeant(name));
    return file && readMail(path.join(drop, file));
  }

  // As the owner of jada, over HTTP; the answer's JSON.
  async ask(method, address, body, more = {}) {
    return JSON.parse(await this.bytes(address, method, body, more));
  }

  // The same; the answer's bytes.
  bytes(address, method = "GET", body = undefined, more = {}) {
    const headers = {
      Host: `ops.jada.localhost:${this.port}`,
      "X-Dashboard-Token": this.token,
      "Content-Type": "application/json",
      ...more,
    };
    const options = { host: "127.0.0.1", port: this.port, path: address, method, headers };
    return new Promise((resolve, reject) => {
      const call = request(options, (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => {
          const whole = Buffer.concat(parts);
          if (answer.statusCode < 300) resolve(whole);
          else reject(new Error(`${method} ${address}: ${answer.statusCode} ${whole}`));
        });
      });
      call.on("error", reject);
      call.end(body && JSON.stringify(body));
    });
  }

  // site: "guest.jada", "crew.tern" …
  url(site, address) {
    return `http://${site}.localhost:${this.port}${address}`;
  }
}
