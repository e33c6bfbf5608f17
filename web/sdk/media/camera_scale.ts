/**
 * A camera begins at half its width and height. Chromium and Safari, which share libwebrtc, send
 * little before they know the path (300 kbit/s) and make pictures smaller until they fit: that drops
 * the first ones and sets the encoder up anew for each size, on machines that negotiate at the same
 * time.
 */
const first_scale = 2;

/** From the connection on, in ms: what a browser takes to find out that there is more to be had. */
const whole_after_ms = 1000;

/**
 * Firefox sends whole pictures from the first one on, and begins anew with what it receives when a
 * size is changed (see key_frame.ts). It is the one without the older name.
 */
const beginsSmall = (): boolean => "webkitRTCPeerConnection" in globalThis;

/** By how much a link makes the camera's picture smaller, from its first one on. */
export class CameraScale {
  #divisor: number;
  #least = beginsSmall() ? first_scale : 1;
  #applied = 1;
  #sender: RTCRtpSender | undefined;
  #growing: ReturnType<typeof setTimeout> | undefined;

  /** @param divisor by what width and height are divided in the long run */
  constructor(divisor: number) {
    this.#divisor = divisor;
  }

  /** For `addTransceiver`, whose sender is to be given to `adopt` then. */
  firstEncodings(): RTCRtpEncodingParameters[] {
    return this.#scale === 1 ? [] : [{ scaleResolutionDownBy: this.#scale }];
  }

  /** `sender` was made with `firstEncodings`. */
  adopt(sender: RTCRtpSender): void {
    this.#sender = sender;
    this.#applied = this.#scale;
  }

  /** Scales what `sender` sends, which sends whole pictures as yet, from now on. */
  apply(sender: RTCRtpSender): void {
    this.#sender = sender;
    this.#update();
  }

  divideBy(divisor: number): void {
    this.#divisor = divisor;
    this.#update();
  }

  /** Packets pass over the link. */
  connected(): void {
    if (this.#least === 1) return;
    this.#growing ??= setTimeout(() => {
      this.#least = 1;
      this.#update();
    }, whole_after_ms);
  }

  stop(): void {
    clearTimeout(this.#growing);
    this.#sender = undefined;
  }

  get #scale(): number {
    return Math.max(this.#divisor, this.#least);
  }

  #update(): void {
    const sender = this.#sender;
    if (!sender || this.#applied === this.#scale) return;
    this.#applied = this.#scale;
    const parameters = sender.getParameters();
    // Firefox before 110 tells of none.
    for (const encoding of parameters.encodings ?? []) encoding.scaleResolutionDownBy = this.#scale;
    // Refused only when the connection is closed meanwhile.
    sender.setParameters(parameters).catch(() => {});
  }
}
