import type { Media, Medium, Problem } from "../../sdk/core_types.ts";
import type { Self } from "../../sdk/participants.ts";
import type { Key } from "../shared/localizer.ts";
import { titleOf } from "./problems.ts";

/** What the preview says instead of a picture. */
export function previewText(
  media: Media,
  asking: boolean,
  interrupted: readonly Medium[] = [],
): Key | undefined {
  if (media.camera === "on") return undefined;
  if (interrupted.includes("camera")) return "status-interrupted-camera";
  if (asking) return "asking-for-devices";
  return media.camera === "off" ? "camera-is-off" : "no-camera";
}

/**
 * What the person is about to join with, or what is in the way, in one sentence.
 *
 * @param self undefined while the call is being opened
 * @param problem what is being mended
 */
export function joinHint(self: Self | undefined, problem: Problem | undefined): Key {
  if (problem) return titleOf(problem);
  if (!self || self.asking) return "loading";
  const { media } = self;
  const heard = media.audio === "on";
  const seen = media.camera === "on";
  if (heard && seen) return "join-seen-and-heard";
  if (heard) return "join-heard";
  return seen ? "join-seen" : "join-listening";
}
