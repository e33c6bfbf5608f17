import type { Call } from "../call.ts";

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

/** What parley-core.js exports: all that is of use only together with the WASM comes with it. */
export interface CoreFile {
  default: CreateCore;
  /** See rehearsal.ts. */
  rehearse: (core: CoreModule) => void;
  Call: typeof Call;
}

/** What calls are made with. */
export interface Core extends Pick<CoreFile, "Call"> {
  module: CoreModule;
}
