import type { Medium } from "../../sdk/core_types.ts";
import type { Role } from "../../sdk/hosting.ts";
import type { Participant, Self } from "../../sdk/participants.ts";

/** What a host can do to somebody else. */
export type Deed = `mute-${Medium}` | "make-host" | "remove";

/** One line of the list of people. */
export interface Person {
  id: string;
  name: string;
  self: boolean;
  role: Role;
  deeds: readonly Deed[];
}

const media: readonly Medium[] = ["audio", "camera", "screen"];

/** Everybody in the call, oneself first. */
export function peopleOf(self: Self, others: readonly Participant[]): Person[] {
  const { id = "", name, role } = self;
  return [
    { id, name, self: true, role, deeds: [] },
    ...others.map((one) => ({
      id: one.id,
      name: one.name,
      self: false,
      role: one.role,
      deeds: role === "host" ? deedsTo(one) : [],
    })),
  ];
}

/** Only what is on can be switched off: nobody is made to send. */
function deedsTo({ media: sending, role }: Participant): Deed[] {
  const mutes = media.filter((medium) => sending[medium] === "on");
  return [
    ...mutes.map((medium) => `mute-${medium}` as const),
    ...(role === "guest" ? ["make-host" as const] : []),
    "remove",
  ];
}

/** What a host did to oneself. */
export type HostDeed = "made-host" | Self["mutedBy"][number];

/** What hosts have done to oneself between two moments. */
export function hostDeeds(before: Self, now: Self): HostDeed[] {
  const known = ({ medium, by }: Self["mutedBy"][number]) =>
    before.mutedBy.some((one) => one.medium === medium && one.by === by);
  const muted = now.mutedBy.filter((one) => !known(one));
  return now.role === "host" && before.role === "guest" ? [...muted, "made-host"] : muted;
}
