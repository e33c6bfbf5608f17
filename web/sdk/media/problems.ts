import type { MediaProblem } from "../core_types.ts";

/** What is known besides the error when a camera or microphone could not be had. */
export interface Circumstances {
  /** HTTPS or localhost: elsewhere browsers hide the devices. */
  secure: boolean;
  /** Whether the page may use them by its Permissions-Policy; undefined where browsers do not say. */
  allowedByPolicy: boolean | undefined;
  /** What the person decided for this site; undefined where browsers do not say. */
  permission: PermissionState | undefined;
}

/** Whether the error's text blames the operating system, as Chromium's does ("… by system"). */
const blamesSystem = (message: string): boolean => /\bsystem\b/i.test(message);

const by_name: Readonly<Record<string, MediaProblem>> = {
  NotFoundError: "not-found",
  OverconstrainedError: "not-found",
  NotReadableError: "in-use",
  AbortError: "in-use", // Firefox: starting the device failed
  SecurityError: "denied-by-policy", // Media Capture section 10.2: disabled for the document
};

/** Why getUserMedia failed, from its error and the circumstances (Media Capture section 10.2). */
export function classifyDeviceError(error: unknown, known: Circumstances): MediaProblem {
  if (!known.secure) return "insecure-page";
  const { name, message } = error as DOMException;
  if (name !== "NotAllowedError") return by_name[name] ?? "other";
  if (known.allowedByPolicy === false) return "denied-by-policy";
  // Who said yes and still gets nothing was overruled by the system's privacy settings.
  if (blamesSystem(message) || known.permission === "granted") return "denied-by-system";
  return "denied-by-user";
}

/** Why getDisplayMedia failed; NotAllowedError is what closing the picker gives. */
export function classifyScreenError(error: unknown, known: Circumstances): MediaProblem {
  const problem = classifyDeviceError(error, known);
  return problem === "denied-by-user" ? "cancelled" : problem;
}
