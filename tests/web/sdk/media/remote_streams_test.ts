import { beforeEach, expect, test } from "@jest/globals";
import type { PeerView } from "../../../../web/sdk/core_types.ts";
import { RemoteStreams } from "../../../../web/sdk/media/remote_streams.ts";
import { installBrowser } from "../../support/browser.ts";
import { FakeTrack } from "../../support/fake_media.ts";

let tracks: Map<string, FakeTrack>;
let streams: RemoteStreams;

beforeEach(() => {
  installBrowser();
  tracks = new Map();
  streams = new RemoteStreams(
    (link, medium) => tracks.get(`${link} ${medium}`) as unknown as MediaStreamTrack | undefined,
  );
});

const receive = (link: number) => {
  for (const medium of ["audio", "camera", "screen"]) {
    tracks.set(`${link} ${medium}`, new FakeTrack(medium === "audio" ? "audio" : "video"));
  }
};

const update = (links: Pick<PeerView, "link" | "pictures">) =>
  streams.update([{ id: "ben", ...links } as PeerView]);

/** From which link and medium the streams are. */
function shown(): string[][] {
  const { stream, screenStream } = streams.of("ben");
  const names = new Map([...tracks].map(([name, track]) => [track.id, name]));
  return [stream, screenStream].map((one) =>
    (one?.getTracks() ?? []).map(({ id }) => names.get(id) ?? "none"),
  );
}

test("there are no streams before a link has sections", () => {
  update({ link: 1 });
  expect(streams.of("ben")).toEqual({});
});

test("voice and camera come together, the screen by itself", () => {
  receive(1);
  update({ link: 1 });
  expect(shown()).toEqual([["1 audio", "1 camera"], ["1 screen"]]);
});

test("the streams are the same over another link", () => {
  receive(1);
  update({ link: 1 });
  const before = { ...streams.of("ben") };
  update({ link: 2 });
  expect(shown()).toEqual([["1 audio", "1 camera"], ["1 screen"]]);
  receive(2);
  update({ link: 2 });
  expect(shown()).toEqual([["2 audio", "2 camera"], ["2 screen"]]);
  const { stream, screenStream } = streams.of("ben");
  expect(stream === before.stream && screenStream === before.screenStream).toBe(true);
});

test("pictures stay those of another link for as long as they are to be seen", () => {
  receive(1);
  update({ link: 1 });
  receive(2);
  update({ link: 2, pictures: 1 });
  expect(shown().map((each) => each.sort())).toEqual([["1 camera", "2 audio"], ["1 screen"]]);
  update({ link: 2 });
  expect(shown()).toEqual([["2 audio", "2 camera"], ["2 screen"]]);
});

test("a stream is never without a track, and never has two pictures", () => {
  receive(1);
  update({ link: 1 });
  const stream = streams.of("ben").stream!;
  const remove = stream.removeTrack.bind(stream);
  const add = stream.addTrack.bind(stream);
  stream.removeTrack = (track) => {
    remove(track);
    expect(stream.getTracks().length).toBeGreaterThan(0);
  };
  stream.addTrack = (track) => {
    add(track);
    expect(stream.getVideoTracks().length).toBeLessThan(2);
  };
  receive(2);
  update({ link: 2 });
  expect(shown()[0]).toEqual(["2 audio", "2 camera"]);
});

test("the streams of who is gone are forgotten", () => {
  receive(1);
  update({ link: 1 });
  streams.update([]);
  expect(streams.of("ben")).toEqual({});
});
