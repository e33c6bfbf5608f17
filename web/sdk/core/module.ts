import type { DeviceList } from "../media/devices.ts";

/** What the WASM build exports (wasm/); texts are JSON, times are microseconds. */
export interface CoreModule {
  /** `options`: {"seed": integer, "client": string, "now": µs}. Returns 0 if refused. */
  create(options: string): number;
  /** Feeds one Input. */
  handle(call: number, input: string, now: number): void;
  /** Takes one Output; "" when there is none. To be drained after every `handle`. */
  poll(call: number): string;
  /** {"at": µs, "reason": string} of the latest moment for a tick, or "" for never. */
  next_timeout(call: number): string;
  destroy(call: number): void;
}

type Receive = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

/** Emscripten's glue. */
export type CreateCore = (options: {
  instantiateWasm(imports: WebAssembly.Imports, receive: Receive): object;
}) => Promise<CoreModule>;

/** What is of use only together with the WASM, and therefore comes with it. */
export interface Parts {
  DeviceList: typeof DeviceList;
}

/** What parley-core.js exports. */
export interface CoreFile extends Parts {
  default: CreateCore;
  /** See rehearsal.ts. */
  rehearse: (core: CoreModule) => void;
}

/** Everything that a call needs. */
export interface Core extends Parts {
  module: CoreModule;
}
