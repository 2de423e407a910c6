// The way from one phone to the server, which can be cut: a proxy of its own. What a browser only
// plays to be without a network, it plays for pages that are open; a page that is being left hears
// that it is online, and what it then sends arrives.
import { createServer, request } from "node:http";

export class Wire {
  static async open() {
    const wire = new Wire();
    wire.whole = true;
    wire.ends = new Set();
    wire.proxy = createServer((asked, answer) => wire.carry(asked, answer));
    wire.proxy.on("connection", (end) => {
      if (!wire.whole) return end.destroy();
      wire.ends.add(end);
      end.on("close", () => wire.ends.delete(end));
    });
    await new Promise((resolve) => wire.proxy.listen(0, "127.0.0.1", resolve));
    wire.address = `http://127.0.0.1:${wire.proxy.address().port}`;
    return wire;
  }

  // Every name of the tests is this machine.
  carry(asked, answer) {
    const { port, pathname, search } = new URL(asked.url);
    const { method, headers } = asked;
    const onward = request({ host: "127.0.0.1", port, path: pathname + search, method, headers });
    onward.on("response", (came) => {
      answer.writeHead(came.statusCode, came.headers);
      came.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  }

  cut() {
    this.whole = false;
    for (const end of this.ends) end.destroy();
  }

  mend() {
    this.whole = true;
  }

  close() {
    this.cut();
    this.proxy.close();
  }
}
