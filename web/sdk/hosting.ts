import type { CallEvents } from "./call_events.ts";
import type { Input, Medium, View } from "./core_types.ts";
import { Emitter } from "./events.ts";

export type Role = "guest" | "host";

/** Who waits to be let in. */
export type Visitor = View["queue"][number];

/** How people get into the room, as everybody in it knows it. */
export type RoomSettings = NonNullable<View["settings"]>;

export type Door = RoomSettings["door"];

/** What a person shows at the door. */
export interface Credentials {
  /** Of the room. */
  password?: string | undefined;
  /** For servers that let only those in who have one. */
  token?: string | undefined;
}

type HostAction = Extract<Input, { type: "moderate" }>["action"];

/**
 * The part of a Call that is about who gets in, and who decides it. Only a host's requests count;
 * a server answers a guest's with an error that changes nothing.
 */
export abstract class Hosting extends Emitter<CallEvents> {
  /** Where an unlocked door leads: to where it led before this page locked it. */
  #unlocked: Door = "open";

  protected abstract get shown(): View;
  protected abstract moderate(action: HostAction): void;

  /** Whether this person decides about others. */
  get role(): Role {
    return this.shown.self.role ?? "guest";
  }

  /** The own place in the queue, from 1, while a host has to decide; undefined otherwise. */
  get place(): number | undefined {
    return this.shown.admission?.place;
  }

  /** Who waits, longest there first; only hosts are told. */
  get waiting(): readonly Visitor[] {
    return this.shown.queue;
  }

  /** Undefined before one is in the room. */
  get settings(): RoomSettings | undefined {
    return this.shown.settings;
  }

  /** Lets somebody in who waits, or everybody. */
  admit(who: string): void {
    this.moderate({ type: "admit", ...(who !== "all" && { id: who }) });
  }

  /** Sends somebody away who waits; they may ask again. */
  refuse(id: string): void {
    this.moderate({ type: "refuse", id });
  }

  /**
   * Takes a participant out of the call.
   *
   * @param ban true: for good, if they came with a token; otherwise the waiting room is put on, so
   *     that nobody comes back unseen
   */
  remove(id: string, { ban = false }: { ban?: boolean } = {}): void {
    this.moderate({ type: ban ? "ban" : "remove", id });
  }

  /** Asks a participant, or "all" others, to stop sending. Nobody can be made to send. */
  mute(who: string, kind: Medium = "audio"): void {
    this.moderate({ type: "mute", medium: kind, ...(who !== "all" && { id: who }) });
  }

  /** Lets nobody new in, or again those whom the door let in before. */
  lock(locked = true): void {
    const door = this.settings?.door;
    if (locked && door && door !== "locked") this.#unlocked = door;
    this.setDoor(locked ? "locked" : this.#unlocked);
  }

  /** Whom the door lets in from now on; who is in the call stays. */
  setDoor(door: Door): void {
    this.moderate({ type: "configure", door });
  }

  /** Up to 128 bytes that newcomers have to know; "" takes it off. */
  setPassword(password: string): void {
    this.moderate({ type: "configure", password });
  }

  /** Makes a participant a host, too; the own part stays. */
  handOver(id: string): void {
    this.moderate({ type: "make-host", id });
  }

  /** Ends the call for everybody. */
  end(): void {
    this.moderate({ type: "end-call" });
  }

  /** Tells of what is different from `before`. */
  protected tellHosting(before: View): void {
    const { queue, settings, admission } = this.shown;
    if (differ(queue, before.queue)) this.emit("waiting-changed", queue);
    if (settings && differ(settings, before.settings)) this.emit("settings-changed", settings);
    if (differ(admission, before.admission)) this.emit("place-changed", admission?.place);
  }
}

const differ = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
