import type { Link } from "../driver/link.ts";
import { ParleyError } from "../errors.ts";
import type { Payload } from "./outbox.ts";
import { gone, high_water_bytes, Outbox, sendOver, sizeOf } from "./outbox.ts";

/** What `Call.send` takes. */
export type Data = string | ArrayBuffer | ArrayBufferView | Blob;

interface Lane {
  link: Link;
  outbox: Outbox;
}

/**
 * The application's messages, over the data channels of every link. They never pass through the
 * core or the server.
 */
export class Messages {
  readonly #lanes = new Map<number, Lane>();
  readonly #received: (link: number, data: Payload) => void;
  /** Sends in the order of the calls, although a Blob has to be read first. */
  #order: Promise<unknown> = Promise.resolve();

  constructor(received: (link: number, data: Payload) => void) {
    this.#received = received;
  }

  add(link: Link): void {
    const { reliable, newest } = link.channels;
    const receive = ({ data }: MessageEvent) => this.#received(link.id, data as Payload);
    reliable.onmessage = newest.onmessage = receive;
    this.#lanes.set(link.id, { link, outbox: new Outbox(reliable) });
  }

  remove(link: Link): void {
    this.#lanes.get(link.id)?.outbox.close();
    this.#lanes.delete(link.id);
  }

  /**
   * @param links whom to send to
   * @param reliable false: newest matters, what does not fit is dropped
   * @throws ParleyError "message-too-large", "send-buffer-full" or "not-connected", after it was
   *     sent to everyone to whom it could be
   */
  send(data: Data, links: number[], reliable: boolean): Promise<void> {
    const sending = this.#order.then(async () => {
      const payload = await payloadOf(data);
      return links.map((link) => this.#sendTo(link, payload, reliable));
    });
    this.#order = sending.catch(() => {});
    return sending.then(async (all) => {
      const failed = (await Promise.allSettled(all)).find(({ status }) => status === "rejected");
      if (failed) throw (failed as PromiseRejectedResult).reason;
    });
  }

  async #sendTo(id: number, payload: Payload, reliable: boolean): Promise<void> {
    const lane = this.#lanes.get(id);
    if (!lane) throw gone();
    const limit = lane.link.maxMessageSize;
    if (sizeOf(payload) > limit) {
      throw new ParleyError("message-too-large", `A message may have ${limit} bytes at most.`);
    }
    if (reliable) return lane.outbox.send(payload);
    const channel = lane.link.channels.newest;
    const fits = channel.readyState === "open" && channel.bufferedAmount < high_water_bytes;
    if (fits) sendOver(channel, payload);
  }
}

async function payloadOf(data: Data): Promise<Payload> {
  if (typeof data === "string" || data instanceof ArrayBuffer) return data;
  if (data instanceof Blob) return data.arrayBuffer();
  // A copy of the viewed part: the view may be on a larger or shared buffer.
  const { buffer, byteOffset, byteLength } = data;
  return new Uint8Array(buffer, byteOffset, byteLength).slice().buffer;
}
