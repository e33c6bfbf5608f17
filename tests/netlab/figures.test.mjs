// What the samples of a page come to, by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { areRostersEqual, figuresOf } from "./lib/figures.mjs";

const columns = [
  ...["time", "frames", "audioPackets", "freshSamples", "concealedSamples"],
  ...["packetsLost", "freezes", "freezeSeconds", "blankMs"],
];
const event = { begin: 1000, origin: 1000, end: 10_000 };

// Samples every 50 ms of media that come at every time for which `flows` holds.
function record(flows, states = []) {
  const samples = [];
  let received = 0;
  for (let time = 0; time <= event.end; time += 50) {
    if (flows(time)) received += 1;
    samples.push([
      time,
      received,
      received,
      received * 2400,
      (time / 50 - received) * 2400,
      0,
      0,
      0,
      Math.max(0, time - 5000),
    ]);
  }
  return { columns, samples, states };
}

test("nothing stops: back at once, no gap", () => {
  const figures = figuresOf(
    record(() => true),
    event,
  );
  assert.equal(figures.videoBackMs, 0);
  assert.equal(figures.audioBackMs, 0);
  assert.equal(figures.audioGapMs, 0);
  assert.equal(figures.blankMs, 5000);
});

test("a stop counts from the origin to its end, its gap from the last thing that came", () => {
  const flows = (time) => time <= 1100 || time >= 4000;
  const figures = figuresOf(record(flows), event);
  assert.equal(figures.videoBackMs, 3000);
  assert.equal(figures.videoGapMs, 2900);
  assert.equal(figures.audioGapMs, 2900);
  assert.equal(figures.concealedMs, 2850);
  assert.equal(figuresOf(record(flows), { ...event, origin: 3500 }).videoBackMs, 500);
});

test("a later stop is a gap, and the time back is that of the first", () => {
  const figures = figuresOf(
    record((time) => !(time > 1000 && time < 2000) && !(time > 5000 && time < 8000)),
    event,
  );
  assert.equal(figures.videoBackMs, 1000);
  assert.equal(figures.videoGapMs, 3000);
});

test("the event may come after the beginning of what happens", () => {
  const flows = (time) => time <= 3000 || time >= 5000;
  assert.equal(figuresOf(record(flows), { ...event, origin: 3000 }).videoBackMs, 2000);
});

test("what never goes on is back never, whenever it stopped", () => {
  assert.equal(
    figuresOf(
      record((time) => time < 1000),
      event,
    ).videoBackMs,
    Infinity,
  );
  assert.equal(
    figuresOf(
      record((time) => time < 7000),
      event,
    ).audioBackMs,
    Infinity,
  );
});

test("a pause that the end cuts off is no stop for good", () => {
  const flows = (time) => time <= 1000 || (time >= 3000 && time <= 9500);
  const figures = figuresOf(record(flows), event);
  assert.equal(figures.videoBackMs, 2000);
  assert.equal(figures.videoGapMs, 2000);
});

test("states begin with the one that was shown when it happened", () => {
  const states = [
    [100, "call", "connecting"],
    [300, "call", "connected"],
    [400, "ice 1", "connected"],
    [2500, "call", "reconnecting"],
  ];
  assert.deepEqual(
    figuresOf(
      record(() => true, states),
      event,
    ).states,
    [
      [0, "connected"],
      [1500, "reconnecting"],
    ],
  );
});

test("rosters are equal when everybody has everybody once", () => {
  const [ana, ben] = [
    { self: "a", others: ["b"] },
    { self: "b", others: ["a"] },
  ];
  assert.ok(areRostersEqual({ ana, ben }));
  assert.ok(!areRostersEqual({ ana, ben: { self: "b", others: [] } }));
  assert.ok(!areRostersEqual({ ana, ben: { self: "c", others: ["a"] } }));
  assert.ok(!areRostersEqual({ ana, ben: { self: "b", others: ["a", "x"] } }));
});
