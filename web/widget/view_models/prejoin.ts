import type { Media } from "../../sdk/core_types.ts";
import type { Key } from "../shared/localizer.ts";

/** What the preview says instead of a picture. */
export function previewText(media: Media, asking: boolean): Key | undefined {
  if (media.camera === "on") return undefined;
  if (asking) return "asking-for-devices";
  return media.camera === "off" ? "camera-is-off" : "no-camera";
}

/** What the person is about to join with, in one sentence. */
export function joinHint(media: Media): Key {
  const heard = media.audio === "on";
  const seen = media.camera === "on";
  if (heard && seen) return "join-seen-and-heard";
  if (heard) return "join-heard";
  return seen ? "join-seen" : "join-listening";
}
