import type { Call } from "../../sdk/call.ts";

/**
 * Longest time that drawing waits, in ms: two browsers connect in less where the server is not
 * farther than 100 ms, also on a machine that is busy.
 */
const patience_ms = 300;

/**
 * Says when an element that shows a call may draw itself anew. The steps of a negotiation and the
 * layout of the page want the same thread, and each step that waits for a layout holds up both
 * sides: so while somebody is being connected, drawing comes second.
 */
export class Drawing {
  readonly #call: () => Call | undefined;
  /** When the patience with the present negotiation ends (on the page's clock, in ms). */
  #until: number | undefined;

  /** @param call the call that is shown, if there is one at the moment */
  constructor(call: () => Call | undefined) {
    this.#call = call;
  }

  /** Ready when there is time to draw. */
  async turn(): Promise<void> {
    const call = this.#call();
    if (!call || !connecting(call)) {
      this.#until = undefined;
      return;
    }
    this.#until ??= performance.now() + patience_ms;
    const left_ms = this.#until - performance.now();
    if (left_ms > 0) await settled(call, left_ms);
  }
}

function connecting(call: Call): boolean {
  return call.participants.some(({ state }) => state === "connecting");
}

/** Ready when nobody is being connected any more, or the time is over. */
function settled(call: Call, left_ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      for (const off of offs) off();
      resolve();
    };
    const look = () => {
      if (!connecting(call)) done();
    };
    const timer = setTimeout(done, left_ms);
    const offs = [
      call.on("participant-changed", look),
      call.on("participant-left", look),
      call.on("state", look),
    ];
  });
}
