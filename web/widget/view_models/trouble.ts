import type { Call } from "../../sdk/call.ts";
import type { Media } from "../../sdk/core_types.ts";
import type { ParleyError } from "../../sdk/errors.ts";
import { isMediaProblem } from "./problems.ts";

/** What keeps a camera or microphone away: at most one error for each. */
export type Trouble = readonly ParleyError[];

export function withError(trouble: Trouble, error: ParleyError): Trouble {
  if (!isMediaProblem(error.code)) return trouble;
  return [...trouble.filter(({ medium }) => medium !== error.medium), error];
}

/** What is left of it, now that these media are there. */
export function stillMissing(trouble: Trouble, media: Media): Trouble {
  const left = trouble.filter(({ medium }) => !medium || media[medium] === "none");
  return left.length === trouble.length ? trouble : left;
}

/** One entry for each kind of error, with all that it keeps away: one sentence says it for both. */
export function byKind(trouble: Trouble): Trouble[] {
  const codes = [...new Set(trouble.map(({ code }) => code))];
  return codes.map((code) => trouble.filter((error) => error.code === code));
}

/** Whether it is the server that is out of reach. Of a broken path its own tile tells. */
export function lacksServer({
  state,
  participants,
}: Pick<Call, "state" | "participants">): boolean {
  return (
    state === "reconnecting" &&
    participants.every((one) => one.state === "connected" || one.state === "connecting")
  );
}
