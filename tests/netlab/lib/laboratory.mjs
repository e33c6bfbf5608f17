// Two people, a server and the networks between them.

import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { keyOf } from "../../e2e/lib/certificates.mjs";
import { Network } from "./network.mjs";
import { Seat } from "./seat.mjs";

const usualPort = 8080;

// How long to look after whatever happened has ended: the browsers' own time-outs run meanwhile
// (Firefox takes five seconds without an answer for a broken path).
const usualWatchMs = 12_000;
// As long as everything has to go well for the run to be over.
const wellMs = 3000;
// Beyond RFC 7675's thirty seconds of consent and several attempts of the page after them.
const patienceMs = 60_000;

export class Laboratory {
  network;
  versions = {};
  #folder;
  #server;
  #people = {};
  #lastRoom = 0;
  #around;
  #opened;
  #closed;

  /**
   * @param browsers of Ana and Ben, such as { ana: "chromium", ben: "firefox" }
   * @param seed chooses which packets are lost
   * @param around what a scenario wants to be otherwise than usual: `routers` (see Network), `port` of
   *     the server, whether it has TLS, and whether it is behind a NAT
   */
  constructor(browsers, seed, around = {}) {
    const { routers, port = usualPort, tls = false, isServerTranslated = false } = around;
    this.network = new Network(routers, isServerTranslated);
    this.#around = { port, tls, isServerTranslated };
    this.#opened = this.#open(browsers, seed);
    // Whoever calls opened() hears of it, and close() must not end the process with it.
    this.#opened.catch(() => {});
  }

  /** Everything is there. Close the laboratory also where this fails. */
  opened() {
    return this.#opened;
  }

  async #open(browsers, seed) {
    this.#folder = await mkdtemp(join(tmpdir(), "parley-netlab-"));
    await this.network.build(seed);
    this.#server = this.#sit("server", "server_seat.mjs");
    await this.startServer();
    for (const [name, kind] of Object.entries(browsers)) {
      const seat = this.#sit(name, "browser_seat.mjs");
      this.#people[name] = seat;
      this.versions[name] = await seat.call("launch", kind, this.#trust());
    }
  }

  #sit(role, program) {
    return new Seat(this.network.namespace(role), program, this.#folder);
  }

  get origin() {
    const { port, tls } = this.#around;
    return tls
      ? `https://${this.network.serverName}:${port}`
      : `http://${this.network.serverAddress}:${port}`;
  }

  startServer() {
    const { port, tls, isServerTranslated } = this.#around;
    const options = [
      ...(tls ? ["--tls-self-signed"] : []),
      ...(isServerTranslated ? ["--external-ip", this.network.externalAddress] : []),
    ];
    return this.#server.call("start", { port, state: this.#folder, host: "0.0.0.0", options });
  }

  // What makes browsers give the server's pages a camera.
  #trust() {
    if (!this.#around.tls) return { origin: this.origin };
    return { trustedKey: keyOf(readFileSync(join(this.#folder, "self-signed.pem"))) };
  }

  killServer() {
    return this.#server.call("kill");
  }

  // Calls `method` of everybody's seat at once: { ana: result, ben: result }.
  async everybody(method, ...args) {
    const seats = Object.entries(this.#people);
    return Object.fromEntries(
      await Promise.all(
        seats.map(async ([name, seat]) => [name, await seat.call(method, ...args)]),
      ),
    );
  }

  // A call on a whole network, what happens to it, and what was seen of it until all was well again
  // or patience ended.
  async run(scenario, { watchMs = usualWatchMs } = {}) {
    await this.network.reset();
    const room = `netlab-${(this.#lastRoom += 1)}`;
    for (const [name, seat] of Object.entries(this.#people)) {
      await seat.call("join", this.origin, room, name);
    }
    await this.everybody("seesAndHears");
    await this.#allIsWell(patienceMs);

    const { begin, origin } = await scenario.happen(this);
    await pause(watchMs);
    const isWell = await this.#allIsWell(patienceMs - watchMs);
    const end = Date.now();
    const [records, rosters] = [await this.everybody("record"), await this.everybody("roster")];
    const [journals, paths] = [await this.everybody("journal"), await this.everybody("path")];
    await this.everybody("leave");
    return { begin, origin, end, isWell, records, rosters, paths, journals };
  }

  // Waits until it has been well with everybody for a while; false when that never came.
  async #allIsWell(withinMs) {
    const deadline = Date.now() + withinMs;
    while (Date.now() < deadline) {
      if (Object.values(await this.everybody("isWell", wellMs)).every(Boolean)) return true;
      await pause(200);
    }
    return false;
  }

  /** Leaves nothing behind. What is going on in it fails; may be called again. */
  close() {
    return (this.#closed ??= this.#close());
  }

  async #close() {
    // What is still being set up would be left behind.
    await this.#opened.catch(() => {});
    await Promise.all([...Object.values(this.#people), this.#server].map((seat) => seat?.leave()));
    await this.network.remove();
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }
}
