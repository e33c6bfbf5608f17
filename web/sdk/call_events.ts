import type { CallState, Medium, Problem } from "./core_types.ts";
import type { ParleyError } from "./errors.ts";
import type { RoomSettings, Visitor } from "./hosting.ts";
import type { Devices } from "./media/devices.ts";
import type { Participant, Self } from "./participants.ts";

export interface StateChange {
  state: CallState;
  previous: CallState;
  /** Why it failed, or what is being mended. */
  problem: Problem | undefined;
}

export interface Message<T = string | ArrayBuffer> {
  /** Id of the participant who sent it. */
  from: string;
  data: T;
}

export interface DeviceChange {
  medium: Medium;
  /** Name of the device in use now. */
  device: string;
  /** Name of the one that cannot be had any more; without it `device` is back. */
  lost?: string;
}

export interface Notice {
  /** Whoever runs the server. */
  from: "operator";
  /** Plain text, may have several lines. */
  text: string;
}

export interface CallEvents {
  state: StateChange;
  "participant-joined": Participant;
  /** Name, media, state or streams are different. */
  "participant-changed": Participant;
  "participant-left": Participant;
  /** The own name, media, role or id is different. */
  "self-changed": Self;
  /** Somebody came to wait, or waits no more: `call.waiting`, for hosts. */
  "waiting-changed": readonly Visitor[];
  /** The own place while one waits to be let in; undefined when that is over. */
  "place-changed": number | undefined;
  /** A host changed how people get in. */
  "settings-changed": RoomSettings;
  /** What is there is different: `call.devices`. */
  "devices-changed": Devices;
  /** Another microphone or camera is in use, and nobody asked for that. */
  "device-replaced": DeviceChange;
  message: Message;
  /** A line of the widget's chat. */
  chat: Message<string>;
  /** Something that everybody in the room is told. */
  notice: Notice;
  /** Something went wrong that a person should hear of; the call may well go on. */
  error: ParleyError;
}
