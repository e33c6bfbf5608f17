// One client as the page's driver makes it: the real core, a real WebSocket, and peer connections
// in which everything succeeds at once.

import { performance } from "node:perf_hooks";
import { clearTimeout, setTimeout } from "node:timers";
import { WebSocket } from "ws";

const sdp = [
  "v=0",
  "o=- 1 2 IN IP4 127.0.0.1",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111",
  "c=IN IP4 0.0.0.0",
  "a=ice-ufrag:abcd",
  "a=ice-pwd:abcdefghijklmnopqrstuv",
  "",
].join("\r\n");

const now = () => Math.round(performance.now() * 1000);

export class Client {
  #core;
  #call;
  #sockets = new Map();
  #timer;
  #view;
  // What is to be done to the core, in order: an input while another is at work waits.
  #inputs = [];
  #working = false;
  // How often the server has let it in.
  joins = 0;

  constructor(core, origin, room, seed) {
    this.#core = core;
    this.origin = origin;
    this.#call = core.create(JSON.stringify({ seed, client: "bench", now: now() }));
    this.#feed({ type: "open", room, audio: true, camera: true });
    this.#feed({ type: "join", name: `Client ${seed}` });
  }

  get id() {
    return this.#view?.self.id;
  }

  // Whether the server and everybody in the room is there.
  get isSettled() {
    return this.#view?.state === "connected" && this.#view.participants.every(isHere);
  }

  close() {
    this.#feed({ type: "leave" });
    clearTimeout(this.#timer);
    this.#core.destroy(this.#call);
  }

  #feed(input) {
    this.#inputs.push(input);
    if (this.#working) return;
    this.#working = true;
    for (let next = this.#inputs.shift(); next; next = this.#inputs.shift()) {
      this.#core.handle(this.#call, JSON.stringify(next), now());
      for (let text = this.#core.poll(this.#call); text; text = this.#core.poll(this.#call)) {
        this.#carryOut(JSON.parse(text));
      }
    }
    this.#working = false;
    this.#schedule();
  }

  #schedule() {
    clearTimeout(this.#timer);
    const timeout = this.#core.next_timeout(this.#call);
    if (!timeout) return;
    const milliseconds = Math.max(0, (JSON.parse(timeout).at - now()) / 1000);
    this.#timer = setTimeout(() => this.#feed({ type: "tick" }), milliseconds);
  }

  #carryOut(output) {
    const { action, link } = output;
    switch (output.type) {
      case "open-socket":
        return this.#connect(output);
      case "send":
        return this.#sockets.get(output.socket)?.send(output.text);
      case "close-socket":
        this.#sockets.get(output.socket)?.close(1000);
        this.#sockets.delete(output.socket);
        return;
      case "acquire-media":
        return this.#inputs.push({ type: "media-acquired", action });
      case "set-local":
        return this.#inputs.push({ type: "action-done", action, sdp });
      case "set-remote":
        this.#inputs.push({ type: "action-done", action });
        this.#inputs.push({ type: "link-path", link, state: "connected" });
        return;
      case "add-candidate":
        return this.#inputs.push({ type: "action-done", action });
      case "view":
        this.#view = output;
    }
  }

  #connect({ socket: id, room, server = this.origin }) {
    const url = new URL(`ws?room=${room}`, server.replace(/\/?$/, "/").replace(/^http/, "ws"));
    const socket = new WebSocket(url, "parley.v1", { perMessageDeflate: false });
    this.#sockets.set(id, socket);
    const wanted = (input) => {
      if (this.#sockets.get(id) === socket) this.#feed({ ...input, socket: id });
    };
    socket.on("open", () => wanted({ type: "socket-opened" }));
    socket.on("message", (data) => {
      const text = data.toString();
      if (text.startsWith('{"type":"joined"')) this.joins += 1;
      wanted({ type: "socket-message", text });
    });
    socket.on("error", () => {}); // its end follows
    socket.on("close", (code) => {
      wanted({ type: "socket-closed", code });
      this.#sockets.delete(id);
    });
  }
}

const isHere = ({ presence, state }) => presence === "here" && state === "connected";
