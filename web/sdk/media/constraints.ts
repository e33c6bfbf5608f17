/** The devices a person chose, by name (`Device.label`); absent means the browser's default. */
export interface ChosenDevices {
  audio?: string;
  camera?: string;
}

/**
 * What is asked of a microphone: the browser's processing for speech. A device is "exact": as an
 * ideal it would have to stand against the others, and a camera with a better picture would win.
 */
export function audioConstraints(deviceId?: string): MediaTrackConstraints {
  return {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(deviceId !== undefined && { deviceId: { exact: deviceId } }),
  };
}

/** 720p at 30 frames a second, if it can: what two people fill a screen with. */
export function cameraConstraints(deviceId?: string): MediaTrackConstraints {
  return {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
    ...(deviceId === undefined ? { facingMode: "user" } : { deviceId: { exact: deviceId } }),
  };
}

/** `surfaceSwitching` and `selfBrowserSurface` are newer than TypeScript's list. */
export function screenConstraints(): DisplayMediaStreamOptions {
  const options = {
    video: { frameRate: { ideal: 15, max: 30 } }, // text needs pixels more than movement
    audio: false,
    selfBrowserSurface: "exclude", // sharing the call into the call gives a hall of mirrors
    surfaceSwitching: "include",
  };
  return options;
}
