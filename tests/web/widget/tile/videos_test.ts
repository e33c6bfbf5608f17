import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import type { Call } from "../../../../web/sdk/call.ts";
import type { CallEvents } from "../../../../web/sdk/call_events.ts";
import { Emitter } from "../../../../web/sdk/events.ts";
import type { Participant } from "../../../../web/sdk/participants.ts";
import { prepareVideos, show, takeVideo } from "../../../../web/widget/tile/videos.ts";
import { define } from "../../support/browser.ts";
import { FakeStream } from "../../support/fake_media.ts";

class FakeVideo {
  static all: FakeVideo[] = [];
  srcObject: unknown = null;
  muted = false;

  constructor() {
    FakeVideo.all.push(this);
  }
}

class Events extends Emitter<CallEvents> {
  arrives(stream: MediaStream): void {
    this.emit("participant-changed", { id: "a", stream } as Participant);
    jest.runAllTimers();
  }
}

let events: Events;

beforeEach(() => {
  jest.useFakeTimers();
  FakeVideo.all = [];
  define({ HTMLVideoElement: FakeVideo, document: { createElement: () => new FakeVideo() } });
  events = new Events();
  prepareVideos(events as unknown as Call);
});

afterEach(() => {
  jest.useRealTimers();
});

const newStream = () => new FakeStream() as unknown as MediaStream;

test("a tile gets the video that has begun already, without sound", () => {
  const stream = newStream();
  events.arrives(stream);
  events.arrives(stream);
  expect(FakeVideo.all).toHaveLength(1);
  expect(FakeVideo.all[0]).toMatchObject({ srcObject: stream, muted: true });
  const video = takeVideo(stream);
  expect(video).toBe(FakeVideo.all[0]);
  show(video, stream);
  expect(video.srcObject).toBe(stream);
});

test("a stream that a tile shows needs no video beside it", () => {
  const stream = newStream();
  const video = takeVideo(undefined);
  show(video, stream);
  events.arrives(stream);
  expect(FakeVideo.all).toHaveLength(1);
});

test("what was prepared ends when a tile shows the stream in its own video", () => {
  const stream = newStream();
  const own = takeVideo(undefined);
  events.arrives(stream);
  show(own, stream);
  expect(FakeVideo.all.map(({ srcObject }) => srcObject)).toEqual([stream, null]);
});
