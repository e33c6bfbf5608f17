import type { Feed, HandlersOf } from "./outputs.ts";

/** RFC 6455 section 7.4.1: no close frame was received. */
const abnormal_closure = 1006;

/** RFC 6455 section 7.4.1: the purpose of the connection has been fulfilled. */
const normal_closure = 1000;

/** The core's WebSockets, by SocketId. */
export class Sockets {
  readonly #server: URL;
  readonly #feed: Feed;
  readonly #sockets = new Map<number, WebSocket>();

  /** @param server URL of the server, http or https, with or without a path */
  constructor(server: URL, feed: Feed) {
    this.#server = server;
    this.#feed = feed;
  }

  readonly handlers: HandlersOf<"open-socket" | "send" | "close-socket"> = {
    "open-socket": ({ socket, room }) => this.#connect(socket, room),
    // A socket that is just closing drops what is sent, as the browser's own does; its close event
    // is on the way.
    send: ({ socket, text }) => {
      const open = this.#sockets.get(socket);
      if (open?.readyState === WebSocket.OPEN) open.send(text);
    },
    "close-socket": ({ socket }) => this.#close(socket),
  };

  all(): Iterable<number> {
    return this.#sockets.keys();
  }

  closeAll(): void {
    for (const socket of this.all()) this.#close(socket);
  }

  #connect(id: number, room: string): void {
    let socket: WebSocket;
    try {
      socket = new WebSocket(socketUrl(this.#server, room), "parley.v1");
    } catch {
      // A host page's CSP or an unusable URL: like a socket that never opened.
      this.#feed({ type: "socket-closed", socket: id, code: abnormal_closure });
      return;
    }
    this.#sockets.set(id, socket);
    const wanted = () => this.#sockets.get(id) === socket;
    socket.onopen = () => {
      if (wanted()) this.#feed({ type: "socket-opened", socket: id });
    };
    socket.onmessage = ({ data }) => {
      // The protocol has text frames only; a binary one is passed on as what no message is.
      const text = typeof data === "string" ? data : "";
      if (wanted()) this.#feed({ type: "socket-message", socket: id, text });
    };
    socket.onclose = ({ code }) => {
      if (!wanted()) return;
      this.#sockets.delete(id);
      this.#feed({ type: "socket-closed", socket: id, code });
    };
  }

  #close(id: number): void {
    const socket = this.#sockets.get(id);
    this.#sockets.delete(id);
    socket?.close(normal_closure);
  }
}

/** The signaling URL of `room`; `room` lets the server place the connection, join decides. */
export function socketUrl(server: URL, room: string): string {
  const url = new URL("ws", server.href.endsWith("/") ? server : `${server.href}/`);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.search = new URLSearchParams({ room }).toString();
  url.hash = "";
  return url.href;
}
