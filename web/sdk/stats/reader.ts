import type { PeerView } from "../core_types.ts";
import type { Link } from "../driver/link.ts";
import type { Counters, LinkReport } from "./report.ts";
import { summarise } from "./report.ts";

/** What parley-stats.js exports. */
export interface StatsFile {
  StatsReader: typeof StatsReader;
}

/** Takes reports of links, each with the counters of the one before. */
export class StatsReader {
  #counters = new Map<number, Counters>();

  async read(
    participants: readonly PeerView[],
    linkOf: (id: number | undefined) => Link | undefined,
  ): Promise<LinkReport[]> {
    const counted = new Map<number, Counters>();
    const reports = participants.map(async ({ id, link: number }) => {
      const link = linkOf(number);
      if (!link) return [];
      const report = await link.getStats();
      const before = this.#counters.get(link.id) ?? new Map<never, never>();
      const { path, streams, counters } = summarise(report, (mid) => link.mediumOf(mid), before);
      counted.set(link.id, counters);
      return [{ participant: id, path, streams }];
    });
    const all = (await Promise.all(reports)).flat();
    this.#counters = counted;
    return all;
  }
}
