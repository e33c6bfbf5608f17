// A room of the protocol parley.v1 in a few lines: enough for calls between drivers in one process.
// What a real server checks is tested with the real server.

interface Frame {
  type: string;
  [field: string]: unknown;
}

interface Member {
  socket: FakeWebSocket;
  id: string;
  arrival: number;
  name: unknown;
  media: unknown;
}

export class Relay {
  #members: Member[] = [];
  #arrivals = 0;
  /** Refuses connections, as a server that is down does. */
  down = false;
  /** How many may be in the room. */
  capacity = 8;

  receive(socket: FakeWebSocket, text: string): void {
    const frame = JSON.parse(text) as Frame;
    const member = this.#members.find((one) => one.socket === socket);
    const answer: Record<string, () => void> = {
      hello: () => socket.deliver({ type: "welcome", version: 1, server: "relay", iceServers: [] }),
      ping: () => socket.deliver({ type: "pong" }),
      join: () => this.#join(socket, frame),
      leave: () => this.gone(socket),
      update: () => member && this.#update(member, frame),
      signal: () => member && this.#signal(member, frame),
    };
    answer[frame.type]?.();
  }

  gone(socket: FakeWebSocket): void {
    const member = this.#members.find((one) => one.socket === socket);
    if (!member) return;
    this.#members = this.#members.filter((one) => one !== member);
    this.#tell({ type: "participant-left", id: member.id, reason: "left" });
  }

  /** Cuts every connection, without a close frame. */
  cut(): void {
    for (const { socket } of [...this.#members]) socket.drop(1006);
  }

  #join(socket: FakeWebSocket, { name, media, offer, room }: Frame): void {
    if (this.#members.length >= this.capacity) {
      const message = "The room is full.";
      return socket.deliver({ type: "error", code: "room-full", message, blame: "user" });
    }
    const arrival = ++this.#arrivals;
    const member: Member = { socket, id: `p${arrival}`, arrival, name, media };
    const others = [...this.#members];
    this.#tell({ type: "participant-joined", participant: describe(member) });
    this.#members.push(member);
    const [first] = others;
    if (first && offer) {
      const payload = { type: "offer", ...offer };
      first.socket.deliver({ type: "signal", from: member.id, arrival, payload });
    }
    return socket.deliver({
      type: "joined",
      room,
      id: member.id,
      arrival,
      participants: others.map(describe),
      ...(first && offer ? { offerTo: first.id } : {}),
      iceServers: [],
      limits: { participants: this.capacity, frameBytes: 65536, nameBytes: 128 },
      resume: { secret: `secret-of-${member.id}`, withinSeconds: 15 },
    });
  }

  #update(member: Member, { name, media }: Frame): void {
    member.name = name ?? member.name;
    member.media = media ?? member.media;
    const participant = describe(member);
    this.#tell({ type: "participant-changed", participant }, member);
  }

  #signal({ id, arrival }: Member, { to, payload }: Frame): void {
    const addressee = this.#members.find((one) => one.id === to);
    addressee?.socket.deliver({ type: "signal", from: id, arrival, payload });
  }

  #tell(frame: Frame, except?: Member): void {
    for (const member of this.#members) if (member !== except) member.socket.deliver(frame);
  }
}

const describe = ({ id, arrival, name, media }: Member) => ({
  id,
  arrival,
  name,
  media,
  presence: "here",
});

/** A WebSocket into the relay of the moment. */
export class FakeWebSocket {
  static readonly OPEN = 1;
  static relay = new Relay();
  /** Every connection that was tried, and every message, in order. */
  static all: FakeWebSocket[] = [];
  static sent: string[] = [];
  static delivered: object[] = [];

  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly #relay = FakeWebSocket.relay;

  constructor(
    readonly url: string,
    readonly protocol: string,
  ) {
    FakeWebSocket.all.push(this);
    queueMicrotask(() => {
      if (this.#relay.down) return this.drop(1006);
      if (this.readyState !== 0) return;
      this.readyState = 1;
      this.onopen?.();
    });
  }

  send(text: string): void {
    FakeWebSocket.sent.push(text);
    queueMicrotask(() => this.#relay.receive(this, text));
  }

  deliver(frame: object): void {
    FakeWebSocket.delivered.push(frame);
    queueMicrotask(() => {
      if (this.readyState === 1) this.onmessage?.({ data: JSON.stringify(frame) });
    });
  }

  close(): void {
    this.readyState = 3;
    // What was sent before still arrives.
    queueMicrotask(() => this.#relay.gone(this));
  }

  /** The connection ends by itself. */
  drop(code: number): void {
    this.readyState = 3;
    this.#relay.gone(this);
    this.onclose?.({ code });
  }
}
