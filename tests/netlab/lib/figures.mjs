// What the samples of a page say about one run.

// A stop shorter than this is one that loss and jitter make. Pictures come every 67 ms and packets
// of sound every 20; Chromium keeps its reports for 50 ms.
const noticeableMs = 300;

const samplesOfAMillisecond = 48; // WebRTC's audio is at 48 kHz in both browsers

/**
 * Each time longer than `noticeableMs` in which `column` did not rise: [from, to], with to =
 * undefined where it never rose again.
 */
function stops(samples, column, begin, end) {
  const found = [];
  let [since, value] = [begin, undefined];
  for (const sample of samples) {
    const time = sample[0];
    if (time < begin) {
      if (sample[column] !== value) [since, value] = [time, sample[column]];
      continue;
    }
    if (sample[column] > (value ?? -1)) {
      if (time - since > noticeableMs) found.push([since, time]);
      [since, value] = [time, sample[column]];
    }
  }
  if (end - since > noticeableMs) found.push([since, undefined]);
  return found;
}

// What an event stops has stopped by then: what was on its way has arrived and been decoded. What
// stops later, and goes on, is the machine's doing or shows as a gap.
const stopsWithinMs = 1000;

// A stop that the end of the samples cuts off says nothing unless it has lasted this long: a picture
// every 400 ms is poor, but comes.
const stoppedForGoodMs = 3000;

/**
 * @param record of sampler.js
 * @param run begin, origin and end, in ms since 1970
 * @returns times in ms. `back` counts from the origin to the end of the stop that the event made: 0
 *     where it made none, Infinity where something stopped for good. `gap` is the longest time
 *     without.
 */
export function figuresOf({ columns, samples, states }, { begin, origin, end }) {
  const column = (name) => columns.indexOf(name);
  const during = samples.filter(([time]) => time >= begin);
  const grown = (name) => during.at(-1)[column(name)] - during[0][column(name)];
  const back = (name) => {
    const all = stops(samples, column(name), begin, end);
    const cutOff = all.find(([, to]) => to === undefined);
    if (cutOff !== undefined && end - cutOff[0] > stoppedForGoodMs) return Infinity;
    const first = all.find(([from, to]) => to !== undefined && from <= origin + stopsWithinMs);
    return first === undefined ? 0 : Math.max(0, first[1] - origin);
  };
  const gap = (name) =>
    Math.max(
      0,
      ...stops(samples, column(name), begin, end).map(([from, to]) => (to ?? end) - from),
    );
  return {
    videoBackMs: back("frames"),
    audioBackMs: back("freshSamples"),
    videoGapMs: gap("frames"),
    audioGapMs: gap("audioPackets"),
    concealedMs: grown("concealedSamples") / samplesOfAMillisecond,
    packetsLost: grown("packetsLost"),
    freezes: grown("freezes"),
    freezeSeconds: grown("freezeSeconds"),
    blankMs: grown("blankMs"),
    states: states
      .filter(([, what]) => what === "call")
      .filter(
        ([time], i, all) => time >= begin || all[i + 1] === undefined || all[i + 1][0] >= begin,
      )
      .map(([time, , state]) => [Math.max(0, time - begin), state]),
  };
}

/** Whether everybody has the same people in the room, and nobody else. */
export function areRostersEqual(rosters) {
  const everybody = Object.values(rosters).map(({ self, others }) => [self, ...others].sort());
  return (
    everybody.length > 1 &&
    everybody.every((ids) => ids.length === everybody.length && `${ids}` === `${everybody[0]}`)
  );
}
