// A Node process inside a network namespace: whatever it starts is in there, too. This is both ends
// of the line to it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

// In the laboratory: starts `program` (a file of this folder) in a namespace and calls its methods.
// What it and its browser keep in files is below `folder`, so that it goes with the laboratory.
export class Seat {
  #child;
  #calls = new Map();
  #lastCall = 0;

  constructor(namespace, program, folder) {
    const file = fileURLToPath(new URL(`./${program}`, import.meta.url));
    this.#child = spawn("ip", ["netns", "exec", namespace, process.execPath, file], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: { ...process.env, TMPDIR: folder },
      // A group of its own: what a terminal sends on Ctrl-C is for the one who cleans up.
      detached: true,
    });
    this.#child.on("message", ({ call, result, error }) => {
      const { resolve, reject } = this.#calls.get(call);
      this.#calls.delete(call);
      if (error === undefined) resolve(result);
      else reject(new Error(error));
    });
    this.#child.on("exit", (status) => {
      for (const { reject } of this.#calls.values()) {
        reject(new Error(`${program} ended with ${status}`));
      }
      this.#calls.clear();
    });
  }

  call(method, ...args) {
    return new Promise((resolve, reject) => {
      const call = (this.#lastCall += 1);
      this.#calls.set(call, { resolve, reject });
      this.#child.send({ call, method, args }, (error) => error && reject(error));
    });
  }

  async leave() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    if (this.#child.connected) this.#child.disconnect();
    await gone;
  }
}

// In the namespace: carries calls out with `methods`. Once the laboratory hangs up, or is killed,
// `clean` gives back what is still there and the process ends.
export function serve(methods, clean) {
  // Who has hung up wants no answer any more; without a listener that would be an error.
  const answer = (message) => process.send?.(message, () => {});
  process.on("message", async ({ call, method, args }) => {
    try {
      answer({ call, result: await methods[method](...args) });
    } catch (error) {
      answer({ call, error: error.message });
    }
  });
  process.once("disconnect", async () => {
    await clean();
    process.exit();
  });
}
