import { beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { AnyInput } from "../../../../web/sdk/driver/outputs.ts";
import { Sockets, socketUrl } from "../../../../web/sdk/driver/sockets.ts";
import { define, installBrowser, settled } from "../../support/browser.ts";
import { FakeWebSocket } from "../../support/relay.ts";

describe("the address of the signaling", () => {
  test.each([
    ["http://localhost:8080", "ws://localhost:8080/ws?room=demo"],
    ["https://calls.example/", "wss://calls.example/ws?room=demo"],
    ["https://example.org/calls", "wss://example.org/calls/ws?room=demo"],
    ["https://example.org/calls/?x=1#y", "wss://example.org/calls/ws?room=demo"],
  ])("of %s is %s", (server, expected) => {
    expect(socketUrl(new URL(server), "demo")).toBe(expected);
  });
});

describe("sockets", () => {
  let inputs: AnyInput[];
  let sockets: Sockets;

  beforeEach(() => {
    installBrowser();
    inputs = [];
    sockets = new Sockets(new URL("https://calls.example/"), (input) => inputs.push(input));
  });

  test("a closed one is heard of no more", async () => {
    sockets.handlers["open-socket"]({ type: "open-socket", socket: 1, room: "demo" });
    sockets.handlers["close-socket"]({ type: "close-socket", socket: 1 });
    sockets.handlers["open-socket"]({ type: "open-socket", socket: 2, room: "demo" });
    await settled();
    expect(inputs).toEqual([{ type: "socket-opened", socket: 2 }]);
  });

  test("one goes to another server where the core says so", () => {
    const addresses: string[] = [];
    define({
      WebSocket: class {
        constructor(url: string) {
          addresses.push(url);
        }
      },
    });
    const server = "https://b.example/";
    sockets.handlers["open-socket"]({ type: "open-socket", socket: 1, room: "demo", server });
    expect(addresses).toEqual(["wss://b.example/ws?room=demo"]);
  });

  test("an address that is none is one that never opened", () => {
    const server = "nowhere";
    sockets.handlers["open-socket"]({ type: "open-socket", socket: 1, room: "demo", server });
    expect(inputs).toEqual([{ type: "socket-closed", socket: 1, code: 1006 }]);
  });

  describe("after one that failed", () => {
    const health = new URL("https://calls.example/healthz");
    let asked: string[];
    let answer: () => Promise<unknown>;

    beforeEach(async () => {
      asked = [];
      answer = () => Promise.reject(new TypeError("refused"));
      define({
        fetch: (url: URL) => {
          asked.push(url.href);
          return answer();
        },
      });
      sockets = new Sockets(
        new URL("https://calls.example/"),
        (input) => inputs.push(input),
        health,
      );
      sockets.handlers["open-socket"]({ type: "open-socket", socket: 1, room: "demo" });
      await settled();
      FakeWebSocket.all[0]!.drop(1006);
      await settled();
      inputs = [];
    });

    const open = (socket: number) =>
      sockets.handlers["open-socket"]({ type: "open-socket", socket, room: "demo" });

    test("a server that does not answer is not made to refuse another", async () => {
      open(2);
      await settled();
      expect(asked).toEqual([health.href]);
      expect(inputs).toEqual([{ type: "socket-closed", socket: 2, code: 1006 }]);
      expect(FakeWebSocket.all).toHaveLength(1);
    });

    test("a server that answers gets the next, and is in doubt no more", async () => {
      answer = () => Promise.resolve({ ok: true, type: "basic" });
      open(2);
      await settled();
      expect(inputs).toEqual([{ type: "socket-opened", socket: 2 }]);
      open(3);
      expect(asked).toHaveLength(1);
    });

    test("a handshake that hangs with a server that answers is begun anew", async () => {
      const made: { readyState: number; onopen?: () => void; close: () => void }[] = [];
      class HangingSocket {
        static readonly CONNECTING = 0;
        static readonly OPEN = 1;
        readyState = 0;
        constructor() {
          made.push(this);
        }
        close = () => void (this.readyState = 3);
      }
      define({ WebSocket: HangingSocket });
      answer = () => Promise.resolve({ ok: true, type: "basic" });
      jest.useFakeTimers();
      open(2);
      await jest.advanceTimersByTimeAsync(900);
      expect(made).toHaveLength(1);
      await jest.advanceTimersByTimeAsync(200);
      expect(made.map(({ readyState }) => readyState)).toEqual([3, 0]);
      made[1]!.readyState = 1;
      made[1]!.onopen?.();
      await jest.advanceTimersByTimeAsync(10_000);
      jest.useRealTimers();
      expect(made).toHaveLength(2);
      expect(inputs).toEqual([{ type: "socket-opened", socket: 2 }]);
    });

    test("a server that is just ending counts as away", async () => {
      answer = () => Promise.resolve({ ok: false, type: "basic" });
      open(2);
      await settled();
      expect(inputs).toEqual([{ type: "socket-closed", socket: 2, code: 1006 }]);
    });

    test("what was given up meanwhile is not opened", async () => {
      answer = () => Promise.resolve({ ok: true, type: "basic" });
      open(2);
      sockets.handlers["close-socket"]({ type: "close-socket", socket: 2 });
      await settled();
      expect(inputs).toEqual([]);
      expect(FakeWebSocket.all).toHaveLength(1);
    });

    test("another server is not asked first", () => {
      const server = "https://b.example/";
      sockets.handlers["open-socket"]({ type: "open-socket", socket: 2, room: "demo", server });
      expect(asked).toEqual([]);
    });
  });

  test("one that the page's policy forbids is one that never opened", () => {
    define({
      WebSocket: class {
        constructor() {
          throw new DOMException("refused by the policy", "SecurityError");
        }
      },
    });
    sockets.handlers["open-socket"]({ type: "open-socket", socket: 1, room: "demo" });
    expect(inputs).toEqual([{ type: "socket-closed", socket: 1, code: 1006 }]);
  });
});
