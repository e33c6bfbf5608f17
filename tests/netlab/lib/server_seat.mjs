// The server in its namespace.

import { startParley } from "../../e2e/lib/server.mjs";
import { serve } from "./seat.mjs";

let server;

serve(
  {
    // `options` as startParley has them.
    async start(options) {
      server = await startParley(options);
    },
    kill: () => server.kill(),
    stop: () => server.stop(),
  },
  () => server?.stop(),
);
