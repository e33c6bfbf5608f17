import type { Call } from "../../sdk/call.ts";
import type { CallState } from "../../sdk/core_types.ts";
import type { ParleyError } from "../../sdk/errors.ts";

/** How far the element has come with its call. */
export type Session =
  | { status: "none" }
  | { status: "opening" }
  | { status: "refused"; error: ParleyError }
  | { status: "open"; call: Call };

/** Which screen is shown. */
export type Phase = "prejoin" | "door" | "call" | "ended" | "failed";

const phase_of_state: Readonly<Record<CallState, Phase>> = {
  idle: "prejoin",
  joining: "prejoin",
  waiting: "call",
  connecting: "call",
  connected: "call",
  reconnecting: "call",
  failed: "failed",
  ended: "ended",
};

export function phaseOf(session: Session): Phase {
  if (session.status === "refused") return "failed";
  if (session.status !== "open") return "prejoin";
  const { state, place } = session.call;
  const mustWait = state === "joining" && place !== undefined; // for a host to decide
  return mustWait ? "door" : phase_of_state[state];
}
