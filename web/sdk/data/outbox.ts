import { ParleyError } from "../errors.ts";

export type Payload = string | ArrayBuffer;

/**
 * How much may lie in the browser's own buffer before we hold back. Enough to fill a path of
 * 80 Mbit/s and 100 ms; Chromium closes a channel whose buffer reaches 16 MiB.
 */
export const high_water_bytes = 1024 * 1024;

/** Below this the browser tells us to go on (bufferedamountlow). */
const low_water_bytes = 256 * 1024;

/** How much may wait here for a slow receiver before `send` refuses. */
export const queue_bytes = 16 * 1024 * 1024;

interface Waiting {
  payload: Payload;
  bytes: number;
  sent: () => void;
  failed: (error: ParleyError) => void;
}

/**
 * What is on its way into one reliable data channel, in order. It waits while the channel opens and
 * while the browser's buffer is full.
 */
export class Outbox {
  readonly #channel: RTCDataChannel;
  readonly #waiting: Waiting[] = [];
  #bytes = 0;

  constructor(channel: RTCDataChannel) {
    this.#channel = channel;
    channel.bufferedAmountLowThreshold = low_water_bytes;
    channel.onopen = channel.onbufferedamountlow = () => this.#pump();
    channel.onclose = () => this.close();
  }

  /**
   * Resolves when the browser has taken the payload.
   * @throws ParleyError "send-buffer-full" or "not-connected"
   */
  send(payload: Payload): Promise<void> {
    const bytes = sizeOf(payload);
    if (this.#channel.readyState === "closed" || this.#channel.readyState === "closing") {
      return Promise.reject(gone());
    }
    // One message always passes, whatever its size.
    if (this.#bytes > 0 && this.#bytes + bytes > queue_bytes) {
      const sentence = "The other side receives more slowly than is being sent.";
      return Promise.reject(new ParleyError("send-buffer-full", sentence));
    }
    return new Promise((sent, failed) => {
      this.#waiting.push({ payload, bytes, sent, failed });
      this.#bytes += bytes;
      this.#pump();
    });
  }

  /** Tells everyone who waits that it will not be sent. */
  close(): void {
    this.#bytes = 0;
    for (const { failed } of this.#waiting.splice(0)) failed(gone());
  }

  #pump(): void {
    while (this.#channel.readyState === "open" && this.#channel.bufferedAmount < high_water_bytes) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#bytes -= next.bytes;
      try {
        sendOver(this.#channel, next.payload);
        next.sent();
      } catch (cause) {
        next.failed(gone(cause));
      }
    }
  }
}

export function sizeOf(payload: Payload): number {
  return typeof payload === "string"
    ? new TextEncoder().encode(payload).byteLength
    : payload.byteLength;
}

/** TypeScript's `send` is overloaded and takes no union. */
export function sendOver(channel: RTCDataChannel, payload: Payload): void {
  if (typeof payload === "string") channel.send(payload);
  else channel.send(payload);
}

export const gone = (cause?: unknown): ParleyError =>
  new ParleyError("not-connected", "The addressee is not connected.", { cause });
