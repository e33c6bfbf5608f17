import type { ParleyError } from "../../sdk/errors.ts";
import type { Key, Translate } from "../shared/localizer.ts";
import { sentenceOf, titleOf } from "./problems.ts";

const medium_names: Readonly<Record<string, Key>> = {
  audio: "microphone",
  camera: "camera",
  screen: "action-screen",
};

/** The headline of an error: with the device or person it is about, where there is one. */
export function headline({ code, medium, participant }: ParleyError, name: string, t: Translate) {
  const about = medium ? t(medium_names[medium] ?? "camera") : participant ? name : undefined;
  return about ? `${about}: ${t(titleOf(code))}` : t(titleOf(code));
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
  return `${headline(what, name, t)}. ${t(sentenceOf(what.code))}`;
}
