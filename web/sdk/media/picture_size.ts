/**
 * A camera begins at half its width and height. Chromium and Safari, which share libwebrtc, send
 * little before they know the path (300 kbit/s) and make pictures smaller until they fit: that drops
 * the first ones and sets the encoder up anew for each size, on machines that negotiate at the same
 * time.
 */
export const first_scale = 2;

/**
 * Firefox sends whole pictures from the first one on, and begins anew with what it receives when a
 * size is changed (see key_frame.ts). It is the one without the older name.
 */
export const beginsSmall = (): boolean => "webkitRTCPeerConnection" in globalThis;

/** From the connection on, in ms: what a browser takes to find out that there is more to be had. */
export const whole_after_ms = 1000;

/** Makes `sender` send pictures whose sides are divided by `scale`. */
export async function scalePicture(sender: RTCRtpSender, scale: number): Promise<void> {
  const parameters = sender.getParameters();
  // Firefox before 110 tells of none.
  for (const encoding of parameters.encodings ?? []) encoding.scaleResolutionDownBy = scale;
  await sender.setParameters(parameters);
}
