import type { Call } from "../../sdk/call.ts";
import type { Participant } from "../../sdk/participants.ts";

/** The videos that wait for their tiles, and which streams need none any more. */
const waiting = new WeakMap<MediaStream, HTMLVideoElement | "shown">();

/**
 * Has a video begin with everyone's stream, without sound, although there is no tile to show it in
 * yet: a browser takes some 50 ms from a stream to its first picture, and who is only just connecting
 * has the time for that.
 */
export function prepareVideos(call: Call): void {
  const prepare = ({ stream }: Participant) => stream && prepareVideo(stream);
  call.on("participant-joined", prepare);
  call.on("participant-changed", prepare);
}

function prepareVideo(stream: MediaStream): void {
  if (waiting.has(stream)) return;
  const video = newVideo();
  waiting.set(stream, video);
  // After what the browser was given to do for the connection.
  setTimeout(() => {
    if (waiting.get(stream) === video) video.srcObject = stream;
  });
}

/** The video that was prepared for `stream`, or a new one. */
export function takeVideo(stream: MediaStream | undefined): HTMLVideoElement {
  const video = stream && waiting.get(stream);
  return video instanceof HTMLVideoElement ? video : newVideo();
}

/** `video` shows `stream` from now on; one that was prepared for it and not taken ends. */
export function show(video: HTMLVideoElement, stream: MediaStream): void {
  const prepared = waiting.get(stream);
  waiting.set(stream, "shown");
  if (prepared instanceof HTMLVideoElement && prepared !== video) prepared.srcObject = null;
  if (video.srcObject !== stream) video.srcObject = stream;
}

function newVideo(): HTMLVideoElement {
  const video = document.createElement("video");
  video.muted = video.autoplay = video.playsInline = true;
  video.disableRemotePlayback = true;
  video.ariaHidden = "true";
  return video;
}
