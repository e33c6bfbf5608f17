import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Keeps the screen from going dark during a call, where the browser can. */
export class WakeLock implements ReactiveController {
  readonly #wanted: () => boolean;
  #lock: Promise<WakeLockSentinel | undefined> | undefined;

  /** @param wanted whether there is a call now; asked at each update of the host */
  constructor(host: ReactiveControllerHost, wanted: () => boolean) {
    this.#wanted = wanted;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.#renew);
  }

  hostUpdated(): void {
    this.#renew();
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#renew);
    void this.#release();
  }

  // Browsers take the lock away when the page is hidden.
  readonly #renew = (): void => {
    if (!this.#wanted()) void this.#release();
    else if (!document.hidden && !this.#lock) this.#lock = this.#request();
  };

  async #request(): Promise<WakeLockSentinel | undefined> {
    try {
      const lock = await navigator.wakeLock?.request("screen");
      lock?.addEventListener("release", () => (this.#lock = undefined));
      return lock;
    } catch {
      return undefined; // battery saver or policy: the screen may go dark
    }
  }

  async #release(): Promise<void> {
    const lock = this.#lock;
    this.#lock = undefined;
    await (await lock)?.release();
  }
}
