import { describe, expect, test } from "@jest/globals";
import type { Participant, Self } from "../../../../web/sdk/participants.ts";
import { arrange } from "../../../../web/widget/view_models/grid.ts";
import { layOut } from "../../../../web/widget/view_models/layout.ts";
import { Speakers } from "../../../../web/widget/view_models/speaking.ts";
import { self_key, tilesOf } from "../../../../web/widget/view_models/tiles.ts";

const media = (screen: "on" | "none" = "none") => ({ audio: "on", camera: "on", screen }) as const;
const stream = {} as MediaStream;

const self = (screen: "on" | "none" = "none", interrupted: Self["interrupted"] = []): Self => ({
  id: "me",
  name: "Ana",
  media: media(screen),
  interrupted,
  mutedBy: [],
  role: "guest",
  asking: false,
  stream,
  screenStream: stream,
});

const peer = (id: string, changes: Partial<Participant> = {}): Participant => ({
  id,
  name: id,
  state: "connected",
  interruption: undefined,
  presence: "here",
  media: media(),
  stream,
  screenStream: stream,
  role: "guest",
  ...changes,
});

const keys = (tiles: { key: string }[]) => tiles.map(({ key }) => key);

describe("tiles", () => {
  test("are one for each person, oneself last, and one for each shared screen", () => {
    const tiles = tilesOf(self("on"), [peer("b", { media: media("on") }), peer("c")]);
    expect(keys(tiles)).toEqual(["b/screen", "b", "c", `${self_key}screen`, self_key]);
  });

  test.each([
    [{ state: "connecting" }, "connecting"],
    [{ state: "reconnecting" }, "reconnecting"],
    [{ state: "failed" }, "unreachable"],
    [{ state: "reconnecting", presence: "away" }, "away"],
    [{ state: "connected", presence: "away" }, "fine"],
    [{ state: "reconnecting", interruption: "silent" }, "silent"],
    [{ state: "reconnecting", interruption: "path-lost" }, "reconnecting"],
  ] as const)("of %o say %s", (changes, status) => {
    expect(tilesOf(self(), [peer("b", changes)])[0]?.status).toBe(status);
  });

  test.each([
    [[], "fine"],
    [["audio"], "interrupted-audio"],
    [["camera"], "interrupted-camera"],
    [["audio", "camera"], "interrupted"],
  ] as const)("of oneself say what the system has interrupted: %j, %s", (interrupted, status) => {
    expect(tilesOf(self("none", interrupted), []).at(-1)?.status).toBe(status);
  });

  test("show initials while the camera is off, and still play the voice", () => {
    const [tile] = tilesOf(self(), [peer("b", { media: { ...media(), camera: "off" } })]);
    expect([tile?.picture, tile?.stream]).toEqual([false, stream]);
  });
});

describe("the layout", () => {
  const lay = (
    count: number,
    wish: "auto" | "grid" | "spotlight",
    speaker?: string,
    pin?: string,
  ) =>
    layOut(
      tilesOf(
        self(),
        Array.from({ length: count }, (_, i) => peer(`p${i}`)),
      ),
      wish,
      speaker,
      pin,
    );

  test("of one alone is one tile", () => {
    expect(lay(0, "auto")).toMatchObject({ kind: "grid", tiles: [{ key: self_key }] });
  });

  test("of two shows the other large, and oneself in the corner", () => {
    expect(lay(1, "auto")).toMatchObject({
      kind: "pair",
      main: { key: "p0" },
      corner: { key: self_key },
    });
  });

  test("of three and more is a grid", () => {
    expect(lay(2, "auto").kind).toBe("grid");
    expect(lay(5, "auto").kind).toBe("grid");
  });

  test("is a grid of two where the page wants one", () => {
    expect(lay(1, "grid").kind).toBe("grid");
  });

  test("shows a shared screen large, but not one's own", () => {
    const theirs = tilesOf(self(), [peer("b", { media: media("on") })]);
    expect(layOut(theirs, "auto", undefined, undefined)).toMatchObject({
      kind: "spotlight",
      main: { key: "b/screen" },
    });
    const own = tilesOf(self("on"), [peer("b")]);
    expect(layOut(own, "auto", undefined, undefined).kind).toBe("grid");
  });

  test("shows who spoke last large, where the page wants that", () => {
    expect(lay(3, "spotlight", "p2")).toMatchObject({ kind: "spotlight", main: { key: "p2" } });
    expect(lay(3, "spotlight", "gone")).toMatchObject({ main: { key: "p0" } });
  });

  test("shows large whom the person chose, before all else", () => {
    expect(lay(3, "auto", undefined, "p1")).toMatchObject({
      kind: "spotlight",
      main: { key: "p1" },
    });
    expect(lay(3, "auto", undefined, "gone").kind).toBe("grid");
  });
});

describe("a grid", () => {
  test("fills the space with one tile", () => {
    expect(arrange(1, 390, 700, 10)).toEqual({ columns: 1, rows: 1, width: 390, height: 700 });
  });

  test.each([
    [2, 1256, 715, 2],
    [4, 1256, 715, 2],
    [6, 1256, 715, 3],
    [4, 374, 760, 1],
    [6, 374, 760, 2],
  ])("of %i tiles in %i × %i has %i columns", (count, width, height, columns) => {
    expect(arrange(count, width, height, 10).columns).toBe(columns);
  });

  test("stays within its space, whatever that is", () => {
    for (let count = 1; count <= 32; count++) {
      for (const [width, height] of [
        [1256, 715],
        [374, 760],
        [200, 200],
        [1, 1],
        [0, 0],
      ] as const) {
        const grid = arrange(count, width, height, 10);
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(count);
        if (grid.width === 0 || count === 1) continue;
        expect(grid.columns * grid.width + (grid.columns - 1) * 10).toBeLessThanOrEqual(width);
        expect(grid.rows * grid.height + (grid.rows - 1) * 10).toBeLessThanOrEqual(height);
      }
    }
  });
});

describe("who speaks", () => {
  const levels = (entries: Record<string, number>) => new Map(Object.entries(entries));

  test("is told from loudness, and held over a pause between words", () => {
    const speakers = new Speakers();
    expect(speakers.update(levels({ a: 0.2, b: 0.001 }), 0)).toBe(true);
    expect([...speakers.speaking]).toEqual(["a"]);
    expect(speakers.update(levels({ a: 0, b: 0 }), 500)).toBe(false);
    expect(speakers.update(levels({ a: 0, b: 0 }), 800)).toBe(true);
    expect(speakers.speaking.size).toBe(0);
    expect(speakers.last).toBe("a");
  });

  test("changes from one to another in one step", () => {
    const speakers = new Speakers();
    speakers.update(levels({ a: 0.2, b: 0 }), 0);
    expect(speakers.update(levels({ a: 0, b: 0.2 }), 800)).toBe(true);
    expect([[...speakers.speaking], speakers.last]).toEqual([["b"], "b"]);
  });

  test("is nobody who has left", () => {
    const speakers = new Speakers();
    speakers.update(levels({ a: 0.2 }), 0);
    expect(speakers.update(levels({}), 10)).toBe(true);
    expect(speakers.speaking.size).toBe(0);
  });
});
