/** One end of a data channel; the peer connection joins the ends and opens them. */
export class FakeDataChannel {
  readyState: "connecting" | "open" | "closing" | "closed" = "connecting";
  binaryType = "blob";
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onbufferedamountlow: (() => void) | null = null;
  readonly sent: unknown[] = [];
  other: FakeDataChannel | undefined;
  /** While true nothing leaves the buffer, as on a path that is too slow. */
  stalled = false;

  constructor(
    readonly label: string,
    readonly options: RTCDataChannelInit,
  ) {}

  send(data: string | ArrayBuffer): void {
    if (this.readyState !== "open") throw new DOMException("not open", "InvalidStateError");
    this.sent.push(data);
    if (this.stalled) {
      this.bufferedAmount += typeof data === "string" ? data.length : data.byteLength;
    } else {
      const { other } = this;
      queueMicrotask(() => other?.onmessage?.({ data }));
    }
  }

  /** Empties the buffer of a stalled channel. */
  drain(): void {
    this.bufferedAmount = 0;
    this.onbufferedamountlow?.();
  }

  open(other?: FakeDataChannel): void {
    this.other = other;
    this.readyState = "open";
    this.onopen?.();
  }

  close(): void {
    if (this.readyState === "closed") return;
    this.readyState = "closed";
    this.onclose?.();
  }
}
