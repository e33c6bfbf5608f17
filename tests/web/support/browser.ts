import type { Call } from "../../../web/sdk/call.ts";
import { FakeDevices, FakeStream } from "./fake_media.ts";
import { FakePeerConnection } from "./fake_peer_connection.ts";
import { FakeWebSocket, Relay } from "./relay.ts";

/** What a page has around it, with the parts that a test looks into. */
export interface FakeBrowser {
  devices: FakeDevices;
  relay: Relay;
  page: EventTarget;
  storage: Map<string, string>;
}

/** Puts fakes in the place of the browser's globals, fresh for each test. */
export function installBrowser(): FakeBrowser {
  const devices = new FakeDevices();
  const page = new EventTarget();
  const storage = new Map<string, string>();
  FakePeerConnection.all = [];
  FakeWebSocket.relay = new Relay();
  FakeWebSocket.all = [];
  FakeWebSocket.sent = [];
  FakeWebSocket.delivered = [];
  define({
    navigator: { mediaDevices: devices, permissions: { query: deny } },
    document: Object.assign(new EventTarget(), { hidden: false }),
    isSecureContext: true,
    RTCPeerConnection: FakePeerConnection,
    WebSocket: FakeWebSocket,
    MediaStream: FakeStream,
    HTMLMediaElement: class {
      setSinkId = (): Promise<void> => Promise.resolve();
    },
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    reportError: (error: unknown) => {
      throw error;
    },
    sessionStorage: {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => void storage.set(key, value),
      removeItem: (key: string) => void storage.delete(key),
    },
  });
  return { devices, relay: FakeWebSocket.relay, page, storage };
}

/** Sets globals, also those that Node defines as read-only. */
export function define(globals: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

const deny = (): Promise<never> => Promise.reject(new TypeError("unknown permission"));

/** Resolves when `condition` holds after an event of the call; fails by the test's time limit. */
export function until(call: Call, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => condition() && resolve();
    const events = [
      "state",
      "participant-joined",
      "participant-left",
      "participant-changed",
      "waiting-changed",
      "place-changed",
      "settings-changed",
    ] as const;
    for (const event of [...events, "self-changed", "error"] as const) call.on(event, check);
    check();
  });
}

/** Lets everything happen that is already on its way. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
