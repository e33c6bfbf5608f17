import type { Feed, HandlersOf } from "./outputs.ts";

/** RFC 6455 section 7.4.1: no close frame was received. */
const abnormal_closure = 1006;

/** RFC 6455 section 7.4.1: the purpose of the connection has been fulfilled. */
const normal_closure = 1000;

/** What a server that is there may take to open a WebSocket, beyond what it took to answer. */
const handshake_patience_ms = 1000;

/** The core's WebSockets, by SocketId. */
export class Sockets {
  readonly #server: URL;
  readonly #health: URL | undefined;
  readonly #feed: Feed;
  readonly #sockets = new Map<number, WebSocket>();
  /** Sockets that are to be opened once the server has answered. */
  readonly #probes = new Map<number, AbortController>();
  #serverWas: "there" | "out of reach" = "there";

  /**
   * @param server URL of the server, http or https, with or without a path
   * @param health URL at which a server that is there answers, if the page may ask for it.
   *     After a WebSocket that failed browsers make the next ones wait, for longer each time (Firefox
   *     up to a minute): so a server that was out of reach is asked by an ordinary request first.
   */
  constructor(server: URL, feed: Feed, health?: URL) {
    this.#server = server;
    this.#feed = feed;
    this.#health = health;
  }

  readonly handlers: HandlersOf<"open-socket" | "send" | "close-socket"> = {
    "open-socket": ({ socket, room, server }) => {
      const isInDoubt = this.#serverWas === "out of reach";
      if (isInDoubt && this.#health && !server) void this.#probe(this.#health, socket, room);
      else this.#connect(socket, room, server);
    },
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
    for (const socket of [...this.#probes.keys(), ...this.all()]) this.#close(socket);
  }

  async #probe(health: URL, id: number, room: string): Promise<void> {
    const probe = new AbortController();
    this.#probes.set(id, probe);
    const asked_at = performance.now();
    const isThere = await answers(health, probe.signal);
    if (!this.#probes.delete(id)) return;
    if (isThere) this.#shakeHands(id, room, handshake_patience_ms + performance.now() - asked_at);
    else this.#feed({ type: "socket-closed", socket: id, code: abnormal_closure });
  }

  /**
   * With a server that has just answered a request, which takes as long. Firefox (ESR 153) may take
   * up a connection that an earlier attempt began on a network that is gone; the next WebSocket
   * waits for that one's end (RFC 6455 section 4.1).
   */
  #shakeHands(id: number, room: string, patience_ms: number): void {
    this.#connect(id, room);
    const socket = this.#sockets.get(id);
    if (!socket) return;
    setTimeout(() => {
      if (this.#sockets.get(id) !== socket || socket.readyState !== WebSocket.CONNECTING) return;
      socket.close();
      this.#shakeHands(id, room, 2 * patience_ms);
    }, patience_ms);
  }

  #connect(id: number, room: string, elsewhere?: string): void {
    let socket: WebSocket;
    try {
      const server = elsewhere ? new URL(elsewhere) : this.#server;
      socket = new WebSocket(socketUrl(server, room), "parley.v1");
    } catch {
      // A host page's CSP or an unusable URL: like a socket that never opened.
      this.#feed({ type: "socket-closed", socket: id, code: abnormal_closure });
      return;
    }
    this.#sockets.set(id, socket);
    const wanted = () => this.#sockets.get(id) === socket;
    socket.onopen = () => {
      this.#serverWas = "there";
      if (wanted()) this.#feed({ type: "socket-opened", socket: id });
    };
    socket.onmessage = ({ data }) => {
      // The protocol has text frames only; a binary one is passed on as what no message is.
      const text = typeof data === "string" ? data : "";
      if (wanted()) this.#feed({ type: "socket-message", socket: id, text });
    };
    socket.onclose = ({ code }) => {
      if (code === abnormal_closure) this.#serverWas = "out of reach";
      if (!wanted()) return;
      this.#sockets.delete(id);
      this.#feed({ type: "socket-closed", socket: id, code });
    };
  }

  #close(id: number): void {
    this.#probes.get(id)?.abort();
    this.#probes.delete(id);
    const socket = this.#sockets.get(id);
    this.#sockets.delete(id);
    socket?.close(normal_closure);
  }
}

/** Whether a server that is not just ending answers there. */
async function answers(url: URL, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { mode: "no-cors", cache: "no-store", signal });
    // Of another site's answer nothing can be seen but that it came.
    return response.ok || response.type === "opaque";
  } catch {
    return false;
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
