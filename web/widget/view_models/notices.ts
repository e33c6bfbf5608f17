import type { DeviceChange } from "../../sdk/call_events.ts";
import type { Medium } from "../../sdk/core_types.ts";
import type { ParleyError } from "../../sdk/errors.ts";
import type { Key, Translate } from "../shared/localizer.ts";
import type { HostDeed } from "./people.ts";
import { sentenceOf, titleOf } from "./problems.ts";

const medium_names: Readonly<Record<Medium, Key>> = {
  audio: "microphone",
  camera: "camera",
  screen: "action-screen",
};

/**
 * The headline of errors of one kind: with the devices or person they are about.
 * @param name of that person
 */
export function headline(errors: readonly ParleyError[], name: string, t: Translate): string {
  const about = errors.flatMap(({ medium, participant }) => {
    if (medium) return t(medium_names[medium]);
    return participant ? name : [];
  });
  const [first] = errors;
  const title = first ? t(titleOf(first.code)) : "";
  return about.length > 0 ? `${about.join(", ")}: ${title}` : title;
}

/** Which microphone or camera is used now, and why. */
export function deviceNotice({ device, lost }: DeviceChange, t: Translate): string {
  return lost ? t("device-lost", { lost, device }) : t("device-back", { device });
}

/**
 * The line that tells of what happened.
 * @param name of the participant it happened to, "" for one who gave none
 */
export function noticeOf(
  what: "joined" | "left" | ParleyError,
  name: string,
  t: Translate,
): string {
  if (typeof what === "string") return t(what, { name: name || t("guest") });
  return `${headline([what], name, t)}. ${t(sentenceOf(what.code))}`;
}

/** What a host did to oneself. */
export function hostNotice(what: HostDeed, nameOf: (id: string) => string, t: Translate): string {
  if (what === "made-host") return t("you-are-host");
  return t("muted-by", { name: nameOf(what.by), what: t(medium_names[what.medium]) });
}
