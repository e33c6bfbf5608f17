import { beforeEach, expect, test } from "@jest/globals";
import { high_water_bytes, Outbox, queue_bytes } from "../../../../web/sdk/data/outbox.ts";
import { FakeDataChannel } from "../../support/fake_data_channel.ts";

let channel: FakeDataChannel;
let outbox: Outbox;

beforeEach(() => {
  channel = new FakeDataChannel("reliable", {});
  outbox = new Outbox(channel as unknown as RTCDataChannel);
});

test("what is sent before the channel is open goes out in order when it is", async () => {
  const sent = Promise.all([outbox.send("a"), outbox.send("b")]);
  expect(channel.sent).toEqual([]);
  channel.open();
  await sent;
  expect(channel.sent).toEqual(["a", "b"]);
});

test("a full buffer holds back until it has drained", async () => {
  channel.open();
  channel.stalled = true;
  await outbox.send(new ArrayBuffer(high_water_bytes));
  let more = false;
  const waiting = outbox.send("x").then(() => (more = true));
  await Promise.resolve();
  expect(more).toBe(false);
  channel.drain();
  await waiting;
  expect(channel.sent).toHaveLength(2);
});

test("more than may wait is refused, and the rest still goes", async () => {
  channel.open();
  channel.stalled = true;
  await outbox.send(new ArrayBuffer(high_water_bytes));
  const waiting = outbox.send(new ArrayBuffer(queue_bytes));
  await expect(outbox.send("x")).rejects.toMatchObject({ code: "send-buffer-full" });
  channel.drain();
  await waiting;
});

test("who waits when the channel closes is told", async () => {
  const waiting = outbox.send("a");
  channel.close();
  await expect(waiting).rejects.toMatchObject({ code: "not-connected" });
  await expect(outbox.send("b")).rejects.toMatchObject({ code: "not-connected" });
});
