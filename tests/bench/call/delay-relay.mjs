// A TCP relay that lets every byte wait, the same time in each direction: a network's round trip
// without a network. Bandwidth is not limited, order is kept.

import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout } from "node:timers";

// Passes on what `from` sends after `delayMs`. Timers of one duration fire in the order in which
// they were set.
function pipeLate(from, to, delayMs) {
  from.on("data", (data) => setTimeout(() => to.writable && to.write(data), delayMs));
  from.on("end", () => setTimeout(() => to.end(), delayMs));
  from.on("error", () => to.destroy());
  from.on("close", () => setTimeout(() => to.destroy(), delayMs));
}

// Listens on a free port of loopback and connects each client with `port`.
export async function startDelayRelay(port, delayMs) {
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    client.setNoDelay(true);
    upstream.setNoDelay(true);
    pipeLate(client, upstream, delayMs);
    pipeLate(upstream, client, delayMs);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: server.address().port,
    stop: () => server.close(),
  };
}
