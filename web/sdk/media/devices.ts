/** One camera, microphone or speaker as a person chooses it. */
export interface Device {
  id: string;
  label: string;
}

export interface Devices {
  audio: Device[];
  camera: Device[];
  /** Empty where the browser does not let a page choose (no setSinkId). */
  speaker: Device[];
}

/** What is there; browsers give names only once a camera or microphone has been allowed. */
export async function listDevices(): Promise<Devices> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const of = (kind: MediaDeviceKind): Device[] =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== "")
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return {
    audio: of("audioinput"),
    camera: of("videoinput"),
    speaker: "setSinkId" in HTMLMediaElement.prototype ? of("audiooutput") : [],
  };
}

/** Calls `changed` when a device comes or goes; the returned function ends that. */
export function watchDevices(changed: () => void): () => void {
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  devices?.addEventListener("devicechange", changed);
  return () => devices?.removeEventListener("devicechange", changed);
}
