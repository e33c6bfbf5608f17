import type { Call } from "../../sdk/call.ts";

type Device = "audio" | "camera";

const kindOf = (device: Device) => (device === "audio" ? "audio" : "video");

/** Switches a microphone or camera on or off. */
export function toggle(call: Call | undefined, device: Device): void {
  call?.setMuted(kindOf(device), call.self.media[device] === "on");
}

/** Has the browser ask again for what is wanted and not there. */
export function askAgain(call: Call | undefined, wanted: Readonly<Record<Device, boolean>>): void {
  for (const device of ["audio", "camera"] as const) {
    if (wanted[device] && call?.self.media[device] === "none") toggle(call, device);
  }
}
