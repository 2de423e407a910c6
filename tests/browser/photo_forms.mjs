// Forms for photos, asked for and posted by a program: what the suites of uploads share.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";

function call(house, url, method, headers, body) {
  const { pathname, host } = new URL(url);
  const options = { host: "127.0.0.1", port: house.port, path: pathname, method,
    headers: { Host: host, "Content-Length": body.length, ...headers } };
  return new Promise((resolve, reject) => {
    const sent = request(options, (answer) => {
      let text = "";
      answer.on("data", (bytes) => (text += bytes));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

// As the guest of the trip: url, fields, key, expires_at.
export async function presign(trip, { filename, type, size }) {
  const key = new URL(trip.guestLink).hash.slice(3);
  const body = Buffer.from(JSON.stringify({ key, filename, content_type: type, bytes: size }));
  const address = trip.guestPage.replace(/\.html$/, "/photos/presign");
  const answer = await call(trip.house, address, "POST", { "Content-Type": "application/json" }, body);
  if (answer.status !== 200) throw new Error(`${address}: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text);
}

// The fields unchanged, in their order, and the file last.
export async function post(house, form, content) {
  const data = new FormData();
  for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
  data.append("file", new Blob([content]), "a.jpg");
  const written = new Response(data);
  const type = written.headers.get("Content-Type");
  const body = Buffer.from(await written.arrayBuffer());
  return call(house, form.url, "POST", { "Content-Type": type }, body);
}

// The key that signs forms, which never leaves the server: derived from the data folder's key.
export function formsKey(house) {
  const serverKey = Buffer.from(readFileSync(path.join(house.data, "server.key"), "utf8").trim(), "hex");
  const derived = (purpose) =>
    base32(createHmac("sha256", serverKey).update(`${purpose}\0jada\0`).digest());
  return [derived("object-form-id").slice(0, 20).toUpperCase(), derived("object-form-secret")];
}

function base32(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.match(/.{1,5}/g)
    .map((five) => "abcdefghijklmnopqrstuvwxyz234567"[parseInt(five.padEnd(5, "0"), 2)]).join("");
}
