// CloudFront Functions (runtime 2.0) as a process that answers: one JSON a line in, one a line out.
// In: {code, event}; out: {result, origin} or {error}. Each call runs in a context of its own, with
// no global of Node's and, of the runtime's modules, "cloudfront" alone; CloudFront gives no more.
import { createInterface } from "node:readline";
import vm from "node:vm";

// What a function chose with the module: the last call wins, as at the edge.
const moduleText = `
  (function () {
    var chosen = {};
    return {
      chosen: function () { return chosen; },
      selectRequestOriginById: function (id) { chosen = { id: String(id) }; },
      updateRequestOrigin: function (change) { chosen = { id: chosen.id, update: change }; },
    };
  })()`;

function answerTo({ code, event }) {
  const context = vm.createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  });
  const imported = /^\s*import\s+(\w+)\s+from\s+['"]cloudfront['"];?/m;
  const name = imported.exec(code)?.[1] ?? "noModule";
  const script = `var ${name} = ${moduleText};\n${code.replace(imported, "")}`;
  vm.runInContext(script, context, { timeout: 1000 });
  const call = `var answer = handler(${JSON.stringify(event)});
    JSON.stringify({ result: answer, origin: ${name}.chosen() })`;
  return vm.runInContext(call, context, { timeout: 1000 });
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = answerTo(JSON.parse(line));
  } catch (error) {
    answer = JSON.stringify({ error: String(error) });
  }
  process.stdout.write(`${answer}\n`);
}
