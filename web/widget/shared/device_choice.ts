import type { Call } from "../../sdk/call.ts";
import type { ChosenDevices } from "../../sdk/media/constraints.ts";
import type { DeviceKind } from "../../sdk/media/devices.ts";
import type { DeviceChoice } from "../devices/devices.ts";
import { recall, remember } from "./memory.ts";

/** The microphone and camera chosen in calls before. */
export function rememberedDevices(): ChosenDevices {
  const audio = recall("audio");
  const camera = recall("camera");
  return { ...(audio && { audio }), ...(camera && { camera }) };
}

/**
 * The deviceIds of what is in use or would be.
 *
 * @param speakerName name of the loudspeaker that the person chose; the default plays while it is away
 */
export function devicesInUse(
  call: Call | undefined,
  speakerName: string | undefined,
): Partial<Record<DeviceKind, string>> {
  const idOf = (kind: DeviceKind, name = recall(kind)) =>
    call?.devices[kind].find(({ label }) => name && label === name)?.id;
  const audio = call?.deviceInUse("audio") ?? idOf("audio");
  const camera = call?.deviceInUse("camera") ?? idOf("camera");
  const speaker = idOf("speaker", speakerName);
  return { ...(audio && { audio }), ...(camera && { camera }), ...(speaker && { speaker }) };
}

/** Keeps a choice for later calls. @returns the device's name */
export function rememberDevice(call: Call | undefined, { kind, id }: DeviceChoice): string {
  const label = call?.devices[kind].find((device) => device.id === id)?.label ?? "";
  // What stands for whatever the system prefers is no choice.
  remember(kind, id === "default" ? "" : label);
  return label;
}
