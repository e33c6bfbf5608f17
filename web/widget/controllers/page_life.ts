import type { LitElement, ReactiveController } from "lit";
import type { Phase } from "../view_models/phase.ts";

/**
 * Notes what was shown when the page went, so that the same can be shown when it comes out of the
 * browser's back/forward cache. A call leaves when its page goes: the others are not to wait for
 * somebody who may never come back.
 */
export class PageLife implements ReactiveController {
  readonly #shown: () => Phase;
  readonly #back: (before: Phase) => void;
  #before: Phase | undefined;

  /**
   * @param shown what is shown at the moment
   * @param back the page is there again, and showed this before
   */
  constructor(host: LitElement, shown: () => Phase, back: (before: Phase) => void) {
    this.#shown = shown;
    this.#back = back;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener("pagehide", this.#onHide);
    addEventListener("pageshow", this.#onShow);
  }

  hostDisconnected(): void {
    removeEventListener("pagehide", this.#onHide);
    removeEventListener("pageshow", this.#onShow);
  }

  // Comes before the call hears of it, because the element was there first.
  readonly #onHide = (): void => {
    this.#before = this.#shown();
  };

  readonly #onShow = ({ persisted }: PageTransitionEvent): void => {
    if (persisted && this.#before) this.#back(this.#before);
  };
}

/** Whether the page was in this tab before: reloaded, or left and come back to without the cache. */
export function isReturn(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  const type = (navigation as PerformanceNavigationTiming | undefined)?.type ?? "";
  return ["reload", "back_forward"].includes(type);
}
