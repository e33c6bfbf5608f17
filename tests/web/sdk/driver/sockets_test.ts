import { beforeEach, describe, expect, test } from "@jest/globals";
import type { AnyInput } from "../../../../web/sdk/driver/outputs.ts";
import { Sockets, socketUrl } from "../../../../web/sdk/driver/sockets.ts";
import { define, installBrowser, settled } from "../../support/browser.ts";

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
