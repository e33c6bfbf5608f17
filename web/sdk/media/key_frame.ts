/** Newer than TypeScript's list (W3C WebRTC Extensions section 7). */
interface KeyFrameSender {
  setParameters(
    parameters: RTCRtpSendParameters,
    options?: { encodingOptions: { keyFrame: boolean }[] },
  ): Promise<void>;
}

/** Makes the next picture that `sender` sends a whole one, which needs none of those before it. */
export async function sendKeyFrame(sender: RTCRtpSender & KeyFrameSender): Promise<void> {
  const parameters = sender.getParameters();
  const keyFrames = parameters.encodings.map(() => ({ keyFrame: true }));
  let isKnown = false;
  await sender.setParameters(parameters, {
    // A browser that does not know this wish does not look at it (Web IDL section 3.2.17).
    get encodingOptions() {
      isKnown = true;
      return keyFrames;
    },
  });
  if (isKnown) return;
  // Firefox (ESR 153) begins anew with what was switched off; and, as after each change of encodings,
  // with what it receives in the same section, of which it asks for a whole picture then.
  for (const active of [false, true]) {
    const changed = sender.getParameters();
    for (const encoding of changed.encodings) encoding.active = active;
    await sender.setParameters(changed);
  }
}
