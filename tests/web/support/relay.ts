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
  role: "host" | "guest";
}

/** Who waits, with the join that is to be answered. */
interface Visitor {
  socket: FakeWebSocket;
  id: string;
  join: Frame;
}

interface Action {
  type: string;
  id?: string;
  medium?: string;
  door?: string;
  password?: string;
}

export class Relay {
  #members: Member[] = [];
  #waiting: Visitor[] = [];
  #arrivals = 0;
  #settings = { door: "open", hasPassword: false };
  /** Refuses connections, as a server that is down does. */
  down = false;
  /** How many may be in the room. */
  capacity = 8;
  /** What newcomers have to know. */
  password = "";

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
      moderate: () => member?.role === "host" && this.#moderate(member, frame.action as Action),
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

  #join(socket: FakeWebSocket, join: Frame): void {
    if (this.#members.length >= this.capacity) return refuse(socket, "room-full");
    if (this.password && join.password !== this.password) {
      return refuse(socket, join.password ? "wrong-password" : "password-required");
    }
    if (this.#settings.door === "locked") return refuse(socket, "room-locked");
    if (this.#settings.door === "open") return this.#enter(socket, join);
    this.#waiting.push({ socket, id: `w${++this.#arrivals}`, join });
    this.#tellQueue();
  }

  #tellQueue(): void {
    this.#waiting.forEach(({ socket }, i) => socket.deliver({ type: "waiting", place: i + 1 }));
    const waiting = this.#waiting.map(({ id, join: { name } }) => ({ id, name }));
    for (const { socket, role } of this.#members) {
      if (role === "host") socket.deliver({ type: "queue-changed", waiting });
    }
  }

  /** What a host asks for; about nobody's id nothing happens. */
  #moderate(host: Member, { type, id, medium, door, password }: Action): void {
    const chosen = this.#waiting.filter((one) => id === undefined || one.id === id);
    const member = this.#members.find((one) => one.id === id);
    const dismiss = (): void => {
      this.#waiting = this.#waiting.filter((one) => !chosen.includes(one));
    };
    const deeds: Record<string, () => void> = {
      admit: () => {
        dismiss();
        for (const { socket, join } of chosen) this.#enter(socket, join);
        this.#tellQueue();
      },
      refuse: () => {
        dismiss();
        for (const { socket } of chosen) refuse(socket, "not-admitted");
        this.#tellQueue();
      },
      remove: () => member && putOut(member.socket, "removed", 4007),
      ban: () => member && putOut(member.socket, "banned", 4008),
      mute: () => member?.socket.deliver({ type: "mute-requested", medium, by: host.id }),
      "make-host": () => member && this.#makeHost(member),
      configure: () => {
        if (door !== undefined) this.#settings.door = door;
        this.password = password ?? this.password;
        this.#settings.hasPassword = this.password !== "";
        this.#tell({ type: "room-changed", settings: { ...this.#settings } });
      },
      "end-call": () => {
        for (const { socket } of this.#members) putOut(socket, "call-ended", 4009);
      },
    };
    deeds[type]?.();
  }

  #makeHost(member: Member): void {
    member.role = "host";
    const secret = `secret-of-host-${member.id}`;
    member.socket.deliver({ type: "role-changed", role: "host", secret });
    this.#tell({ type: "participant-changed", participant: describe(member) }, member);
  }

  #enter(socket: FakeWebSocket, { name, media, offer, room }: Frame): void {
    const arrival = ++this.#arrivals;
    const role = this.#members.length === 0 ? "host" : "guest";
    const member: Member = { socket, id: `p${arrival}`, arrival, name, media, role };
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
      role,
      settings: { ...this.#settings },
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

const refuse = (socket: FakeWebSocket, code: string): void =>
  socket.deliver({ type: "error", code, message: "Refused.", blame: "user" });

/** Says why, then closes the connection. */
function putOut(socket: FakeWebSocket, code: string, closeCode: number): void {
  refuse(socket, code);
  queueMicrotask(() => socket.drop(closeCode));
}

const describe = ({ id, arrival, name, media, role }: Member) => ({
  id,
  arrival,
  name,
  media,
  presence: "here",
  ...(role === "host" && { role }),
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
