import type { Problem } from "../../sdk/core_types.ts";
import type { ParleyErrorCode } from "../../sdk/errors.ts";
import type { Key } from "../shared/localizer.ts";

/** What the person can do about a call that could not go on. */
export type Remedy = "retry" | "join-again" | "bring-here" | "password" | "none";

const remedies: Partial<Readonly<Record<ParleyErrorCode, Remedy>>> = {
  replaced: "bring-here",
  "password-required": "password",
  "wrong-password": "password",
  "too-many-passwords": "password",
  "call-ended": "join-again",
  banned: "none",
  "token-required": "none",
  "token-invalid": "none",
  "token-expired": "none",
  "unsupported-browser": "none",
  "bad-room": "none",
};

export const remedyOf = (problem: ParleyErrorCode): Remedy => remedies[problem] ?? "retry";

/** The key of the headline and of the sentence for a problem, in every locale. */
export const titleOf = (problem: ParleyErrorCode): Key => `title-${problem}`;
export const sentenceOf = (problem: ParleyErrorCode): Key => `problem-${problem}`;

/** Whether asking the browser again may help: the person can have changed a setting since. */
export const isMediaProblem = (problem: ParleyErrorCode | undefined): problem is Problem =>
  problem?.startsWith("media-") ?? false;
