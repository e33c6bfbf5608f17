// The program that carries the packets, and the commands that change what it does to them.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { forwarderBinary } from "./requirements.mjs";

export class Forwarder {
  #child;
  #lines;

  // `links`: { name, namespace, device, prefix } of each.
  static async start(seed, links) {
    const args = links.map(
      ({ name, namespace, device, prefix }) => `${name}=${namespace}:${device}:${prefix}`,
    );
    const forwarder = new Forwarder();
    const child = spawn(forwarderBinary, [`${seed}`, ...args], {
      stdio: ["pipe", "pipe", "inherit"],
      // A group of its own: what a terminal sends on Ctrl-C is for the one who cleans up.
      detached: true,
    });
    forwarder.#child = child;
    forwarder.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { value } = await forwarder.#lines.next();
    if (value !== "ready") throw new Error("the forwarder does not start");
    return forwarder;
  }

  // Sends one command and returns the answer; one at a time.
  async command(line) {
    this.#child.stdin.write(`${line}\n`);
    const { value } = await this.#lines.next();
    if (value === undefined || value.startsWith("error")) {
      throw new Error(`the forwarder says to "${line}": ${value ?? "nothing, it is gone"}`);
    }
    return value;
  }

  async counters() {
    return JSON.parse(await this.command("counters"));
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.stdin.end();
    await gone;
  }
}
