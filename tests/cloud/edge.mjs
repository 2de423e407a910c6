// The CloudFront Functions, as CloudFront runs them: one plain script in a context of its own, which
// is given an event and nothing else. What edge/rewrite.js decides is edge/vectors.json, which the
// server's own rules pass as well. edge/site.js imports CloudFront's own module; here something
// stands in for it that notes what was asked of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const source = readFileSync(new URL("../../edge/rewrite.js", import.meta.url), "utf8");
const siteSource = readFileSync(new URL("../../edge/site.js", import.meta.url), "utf8");
const vectors = JSON.parse(readFileSync(new URL("../../edge/vectors.json", import.meta.url)));
const bytesMax = 10 * 1024; // CloudFront's limit for a function

// What CloudFront gives for this path: a viewer's request says more than where it goes.
function eventFor(path, method = "GET") {
  return {
    version: "1.0",
    context: { eventType: "viewer-request", distributionId: "E1", requestId: "r1" },
    viewer: { ip: "192.0.2.7" },
    request: {
      method,
      uri: path,
      querystring: { from: { value: "mail" }, many: { value: "1", multiValue: [{ value: "1" }] } },
      headers: { host: { value: "guest.example.org" }, accept: { value: "*/*" } },
      cookies: { seen: { value: "yes" } },
    },
  };
}

// Runs the handler in a new context without a single global of Node's. Events go in and answers
// come out as text, so that neither side holds an object of the other's.
function answerTo(event) {
  const context = vm.createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  });
  vm.runInContext(source, context, { filename: "edge/rewrite.js", timeout: 1000 });
  const call = `JSON.stringify(handler(${JSON.stringify(event)}))`;
  return JSON.parse(vm.runInContext(call, context, { timeout: 1000 }));
}

// The code without comments, strings and regular expressions, for looks at its syntax. Crude: it
// takes a slash after an opening bracket, a comma, an equals sign or "return" for the start of one.
function bareCode(text) {
  const noise = new RegExp(
    [
      String.raw`\/\/[^\n]*`,
      String.raw`\/\*[\s\S]*?\*\/`,
      String.raw`'(?:\\.|[^'\\\n])*'`,
      String.raw`"(?:\\.|[^"\\\n])*"`,
      String.raw`(?<=[(,=!&|]\s*|return\s)\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+\/[a-z]*`,
    ].join("|"),
    "g",
  );
  return text.replace(noise, "0");
}

function contentTypeFor(path) {
  if (path.endsWith(".ics")) return "text/plain";
  if (path.endsWith(".json")) return "application/problem+json";
  return "text/html";
}

const expectations = {
  object(vector, event, answer) {
    assert.deepEqual(answer, { ...event.request, uri: vector.target });
  },
  redirect(vector, event, answer) {
    assert.equal(answer.statusCode, 308);
    assert.equal(answer.headers.location.value, vector.target);
    assert.equal(answer.body, undefined);
  },
  not_found(vector, event, answer) {
    assert.equal(answer.statusCode, 404);
    const [type] = answer.headers["content-type"].value.split(";");
    assert.equal(type, contentTypeFor(vector.path));
    assert.notEqual(answer.body.data, "");
    if (type === "application/problem+json") {
      assert.equal(JSON.parse(answer.body.data).status, 404);
    }
  },
  pass(vector, event, answer) {
    assert.deepEqual(answer, event.request);
  },
};

test("every vector is decided as written", async (all) => {
  assert.ok(vectors.length > 0);
  for (const vector of vectors) {
    await all.test(`${vector.kind} ${JSON.stringify(vector.path)}`, () => {
      const check = expectations[vector.kind];
      assert.ok(check, `no such kind: ${vector.kind}`);
      const event = eventFor(vector.path);
      check(vector, event, answerTo(event));
    });
  }
});

test("every kind of decision has a vector", () => {
  const kinds = new Set(vectors.map((vector) => vector.kind));
  assert.deepEqual([...kinds].sort(), Object.keys(expectations).sort());
});

// The vectors need not hold one of each type.
test("what is not there is missing in the type that was asked for", () => {
  for (const path of ["/g/a/b.ics", "/g/a/b.json", "/g/a/b.html", "/g/a/b.jpg", "/g/"]) {
    expectations.not_found({ path }, undefined, answerTo(eventFor(path)));
  }
});

// CloudFront refuses an answer with capitals in a header's name, or with a value that is no text.
test("answers have the shape that CloudFront takes", () => {
  for (const vector of vectors) {
    const answer = answerTo(eventFor(vector.path));
    if (!answer.statusCode) continue;
    assert.equal(typeof answer.statusDescription, "string");
    for (const [name, header] of Object.entries(answer.headers)) {
      assert.equal(name, name.toLowerCase());
      assert.equal(typeof header.value, "string");
    }
    if (answer.body) assert.deepEqual(Object.keys(answer.body).sort(), ["data", "encoding"]);
  }
});

test("method and query string stay as they came", () => {
  for (const method of ["HEAD", "OPTIONS"]) {
    for (const vector of vectors) {
      const event = eventFor(vector.path, method);
      const answer = answerTo(event);
      if (answer.statusCode) continue;
      assert.equal(answer.method, method);
      assert.deepEqual(answer.querystring, event.request.querystring);
    }
  }
});

test("a context without any global is enough", () => {
  const context = vm.createContext(Object.create(null));
  const before = new Set(Object.getOwnPropertyNames(context));
  vm.runInContext(source, context);
  const made = Object.getOwnPropertyNames(context).filter((name) => !before.has(name));
  assert.ok(made.includes("handler"));
  assert.equal(vm.runInContext("handler.length", context), 1);
  // Nor may it keep anything of one request for the next, which may be another operator's.
  vm.runInContext(`handler(${JSON.stringify(eventFor("/g/a/b"))})`, context);
  const after = Object.getOwnPropertyNames(context).filter((name) => !before.has(name));
  assert.deepEqual(after, made);
});

test("they are small, and of no syntax that CloudFront's runtime lacks", () => {
  for (const text of [source, runnableSite()]) oldSyntaxAlone(text);
});

function oldSyntaxAlone(text) {
  assert.ok(Buffer.byteLength(text) < bytesMax);
  const code = bareCode(text);
  const newer = {
    "an arrow function": /=>/,
    "let or const": /\b(?:let|const)\s/,
    "a template literal": /`/,
    "a module": /\b(?:import|export)\b|\brequire\s*\(/,
    "a class": /\bclass\s/,
    "async or await": /\b(?:async|await)\b/,
    "spread or rest": /\.\.\./,
    "optional chaining or ??": /\?\.(?!\d)|\?\?/,
  };
  for (const [name, pattern] of Object.entries(newer)) assert.doesNotMatch(code, pattern, name);
}

// A check that finds nothing anywhere would pass too.
test("the look at the syntax sees code, and not what is quoted", () => {
  const quoted = "var a = 'x => `'; // let b\nvar r = /[/`]=>/; return /`/.test(a)";
  assert.doesNotMatch(bareCode(quoted), /=>|let|`/);
  assert.match(bareCode("var f = x => 1 / 2; let y = `z` / 3"), /=>.*let.*`/);
});

// What deploy/aws/site.yaml puts in, for two operators.
const hosts = { OpsHost: "ops.example", CrewHost: "crew.example", GuestHost: "guest.example" };
const otherHosts = { OpsHost: "ops.test", CrewHost: "crew.test", GuestHost: "guest.test" };
const importLine = "import cf from 'cloudfront';\n";

// With the hosts put in, as CloudFormation does, and without the line that only a module may have.
function runnableSite(values = hosts) {
  assert.ok(siteSource.startsWith(importLine));
  return siteSource
    .slice(importLine.length)
    .replace(/\$\{(\w+)\}/g, (all, name) => values[name] ?? assert.fail(`no value for ${name}`));
}

// Gives what the handler answered, and the origins that it picked.
function siteAnswer(event, values) {
  const context = vm.createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  });
  const standIn =
    "var picked = []; var cf = { selectRequestOriginById: function (id) { picked.push(id); } };";
  vm.runInContext(standIn + runnableSite(values), context, { timeout: 1000 });
  const call = `JSON.stringify([handler(${JSON.stringify(event)}), picked])`;
  const [answer, picked] = JSON.parse(vm.runInContext(call, context, { timeout: 1000 }));
  return { answer, picked };
}

function eventAt(host, headers = {}) {
  const event = eventFor("/charters/a.b");
  Object.assign(event.request.headers, { host: { value: host } }, headers);
  return event;
}

test("the ops host is sent to the ops API, the others stay with the behaviour's own", () => {
  for (const [host, wanted] of [
    ["ops.example", ["ops"]],
    ["OPS.Example", ["ops"]],
    ["crew.example", []],
    ["guest.example", []],
  ]) {
    const { answer, picked } = siteAnswer(eventAt(host));
    assert.equal(answer.statusCode, undefined, host);
    assert.deepEqual(picked, wanted, host);
  }
});

test("the request goes on as it came, but says who asks", () => {
  const event = eventAt("ops.example", { "x-dashboard-token": { value: "a.b.c" } });
  const { answer } = siteAnswer(event);
  const { "x-fairlead-viewer": viewer, ...headers } = answer.headers;
  assert.deepEqual(viewer, { value: "192.0.2.7" });
  assert.deepEqual({ ...answer, headers }, event.request);
});

test("a viewer cannot say to be another", () => {
  const forged = { value: "203.0.113.9", multiValue: [{ value: "203.0.113.9" }, { value: "::1" }] };
  const { answer } = siteAnswer(eventAt("crew.example", { "x-fairlead-viewer": forged }));
  assert.deepEqual(answer.headers["x-fairlead-viewer"], { value: "192.0.2.7" });
});

test("a host that is none of the operator's is misdirected, and no API is asked", () => {
  for (const host of ["d111abc.cloudfront.net", "ops.test", "ops.example.test", "", "xops.example"]) {
    const { answer, picked } = siteAnswer(eventAt(host));
    assert.equal(answer.statusCode, 421, host);
    assert.deepEqual(picked, []);
    assert.equal(JSON.parse(answer.body.data).status, 421);
    for (const name of Object.keys(answer.headers)) assert.equal(name, name.toLowerCase());
  }
  assert.deepEqual(siteAnswer(eventAt("ops.test"), otherHosts).picked, ["ops"]);
});
