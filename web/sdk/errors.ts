import type { Medium, Problem } from "./core_types.ts";

/**
 * Everything that can go wrong for a user of the SDK: what the core reports, and what goes wrong
 * before there is a core to report it.
 */
export type ParleyErrorCode =
  | Problem
  | "unsupported-browser" // no WebRTC or no WebAssembly
  | "core-unavailable" // the WASM could not be loaded
  | "bad-room" // not a room name
  | "message-too-large" // larger than the other side's data channel takes
  | "send-buffer-full" // the receiver is too slow for what is sent
  | "not-connected" // the addressee is not in the call
  | "not-in-debug"; // the call was not opened for failures to be simulated

export interface ErrorContext {
  /** The camera, microphone or screen it is about. */
  medium?: Medium;
  /** The id of the participant it is about. */
  participant?: string;
  cause?: unknown;
}

/** An error with a stable code; `message` is one English sentence. */
export class ParleyError extends Error {
  readonly code: ParleyErrorCode;
  readonly medium?: Medium;
  readonly participant?: string;

  /** parley.js and parley-core.js each carry a copy of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "ParleyError";
  }

  constructor(code: ParleyErrorCode, message: string, context: ErrorContext = {}) {
    super(message, { cause: context.cause });
    this.name = "ParleyError";
    this.code = code;
    if (context.medium !== undefined) this.medium = context.medium;
    if (context.participant !== undefined) this.participant = context.participant;
  }
}

/** Name and message of an error, as the core keeps it for reports. */
export function describe(error: unknown): string {
  const { name, message } = error as DOMException;
  return `${name}: ${message}`;
}
