import type { Call } from "../../sdk/call.ts";
import { type HostDeed, hostDeeds } from "../view_models/people.ts";

/** Calls back for what hosts do to oneself; returns how to stop that. */
export function tellOfHosts(call: Call, tell: (what: HostDeed) => void): () => void {
  let before = call.self;
  return call.on("self-changed", (self) => {
    for (const deed of hostDeeds(before, self)) tell(deed);
    before = self;
  });
}
