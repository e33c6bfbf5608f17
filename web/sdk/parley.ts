import type { Call } from "./call.ts";
import type { CallOptions } from "./call_options.ts";
import { loadCore } from "./core/load.ts";
import type { DrillsFile } from "./driver/drills.ts";
import { ParleyError } from "./errors.ts";
import type { Credentials } from "./hosting.ts";
import { isRoomName } from "./names.ts";
import type { StatsFile } from "./stats/reader.ts";

/** What an application says about the call it wants. */
export interface OpenOptions extends Omit<
  CallOptions,
  "server" | "health" | "loadStats" | "drills"
> {
  /** URL of the Parley server; default: where parley.js came from. */
  server?: string | URL;
  /** Whether `call.simulate` may make failures happen; default false. */
  debug?: boolean;
}

export interface JoinOptions extends OpenOptions, Credentials {
  /** The person's name as the others see it. */
  name?: string;
}

/** The folder that parley.js came from; parley-core.js and parley.wasm lie beside it. */
export const home = new URL(".", import.meta.url);

export const Parley = {
  /** Starts loading the core, so that a call opened later need not wait for it. */
  preload(): void {
    loadCore(home).catch(() => {}); // whoever opens a call hears of it
  },

  /**
   * Prepares a call: connects to the server, takes camera and microphone, has an offer ready.
   * Nobody in the room sees anything of it before `call.join(name)`.
   *
   * @throws ParleyError "bad-room", "unsupported-browser" or "core-unavailable"
   */
  async open({ room, server = home, debug, ...options }: OpenOptions): Promise<Call> {
    if (!isRoomName(room)) {
      throw new ParleyError("bad-room", "A room's name is 1 to 64 of A-Z, a-z, 0-9, - and _.");
    }
    const { module, Call } = await loadCore(home);
    const address = new URL(server, home);
    return new Call(module, {
      ...options,
      room,
      server: address,
      // From elsewhere a page's policy may let WebSockets come, and nothing else.
      ...(address.origin === home.origin && { health: new URL("healthz", home) }),
      loadStats: () => import(new URL("parley-stats.js", home).href) as Promise<StatsFile>,
      ...(debug && {
        drills: () => import(new URL("parley-drills.js", home).href) as Promise<DrillsFile>,
      }),
    });
  },

  /**
   * Opens a call and enters the room; resolves once there, which takes until a host has decided
   * where the room has a waiting room. To show that one waits, use `open` and `call.place`.
   *
   * @throws ParleyError as `open`, or with the problem that kept the call from getting in
   */
  async join({ name, password, token, ...options }: JoinOptions): Promise<Call> {
    const call = await Parley.open(options);
    const joined = entered(call);
    call.join(name, { password, token });
    return joined;
  },
};

function entered(call: Call): Promise<Call> {
  return new Promise((resolve, reject) => {
    const off = call.on("state", ({ state, problem }) => {
      if (state === "idle" || state === "joining") return;
      off();
      if (state !== "failed" && state !== "ended") return resolve(call);
      call.leave();
      const code = problem ?? "server-unreachable";
      reject(new ParleyError(code, `The call to ${call.room} could not be joined (${code}).`));
    });
  });
}
