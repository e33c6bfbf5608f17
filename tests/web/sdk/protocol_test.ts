import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { Call } from "../../../web/sdk/call.ts";
import type { CoreModule } from "../../../web/sdk/core/module.ts";
import { installBrowser, settled, until } from "../support/browser.ts";
import { loadBuiltCore } from "../support/core.ts";
import { FakeWebSocket } from "../support/relay.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

interface Vector {
  name: string;
  text: string;
}

const page = readFileSync("core/signaling/PROTOCOL.md", "utf8");
const vectors = JSON.parse(readFileSync("tests/vectors/invalid_messages.json", "utf8")) as Vector[];

/** The specification's examples of what one side sends, by type (and a signal's payload type). */
function examplesOf(sender: "client" | "server"): Map<string, Json[]> {
  const examples = new Map<string, Json[]>();
  for (const [, text = ""] of page.matchAll(new RegExp(`\`\`\`json ${sender}\n([^\n]+)\n`, "g"))) {
    const message = JSON.parse(text) as Json;
    examples.set(kindOf(message), [...(examples.get(kindOf(message)) ?? []), message]);
  }
  return examples;
}

function kindOf(message: Json): string {
  const { type, payload } = message as { type: string; payload?: { type: string } };
  // What goes one way and what comes the other differ in the envelope, not in the payload.
  return payload ? `${type} ${payload.type}` : type;
}

/** Paths of a message's members with the kind of their values, those of lists taken together. */
function shapeOf(value: Json, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => shapeOf(one, `${path}[]`));
  if (value === null || typeof value !== "object") return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, one]) => shapeOf(one, `${path}.${key}`));
}

let core: CoreModule;

beforeAll(async () => {
  core = await loadBuiltCore();
});

beforeEach(() => {
  installBrowser();
});

async function pair(): Promise<Call[]> {
  const calls = ["Ana", "Ben"].map((name) => {
    const call = new Call(core, {
      room: "demo",
      server: new URL("https://calls.example/"),
      loadStats: () => import("../../../web/sdk/stats/reader.ts"),
    });
    call.join(name);
    return call;
  });
  for (const call of calls) await until(call, () => call.state === "connected");
  return calls;
}

describe("the specification's examples", () => {
  test("have every member of what clients in the browser send", async () => {
    const [ana, ben] = await pair();
    ana?.setMuted("audio", true);
    ana?.setName("Ana B.");
    FakeWebSocket.relay.cut();
    for (const call of [ana, ben]) {
      if (call) await until(call, () => call.state === "connected");
    }
    for (const call of [ana, ben]) call?.leave();
    await settled();
    const sent = FakeWebSocket.sent.map((text) => JSON.parse(text) as Json);

    const examples = { ...Object.fromEntries(examplesOf("client")) };
    // Both sides send every payload; the specification shows each once.
    for (const [kind, messages] of examplesOf("server")) {
      if (kind.startsWith("signal")) examples[kind] = [...(examples[kind] ?? []), ...messages];
    }
    const envelope = [".to: string", ".arrival: number"];
    expect(sent.map(kindOf)).toEqual(
      expect.arrayContaining(["hello", "join", "update", "leave", "signal answer"]),
    );
    for (const message of sent) {
      const known = new Set([
        ...(examples[kindOf(message)] ?? []).flatMap((one) => shapeOf(one)),
        ...envelope,
      ]);
      // An offer that goes with a join has the members of an offer that goes by itself.
      const unknown = shapeOf(message).filter(
        (member) => !known.has(member) && !member.startsWith(".offer."),
      );
      expect([kindOf(message), unknown]).toEqual([kindOf(message), []]);
    }
  });

  test("have every member of what the relay of these tests sends", async () => {
    const [ana, ben] = await pair();
    ana?.setMuted("audio", true);
    if (ben) await until(ben, () => ben.participants[0]?.media.audio === "off");
    ana?.leave();
    if (ben) await until(ben, () => ben.state === "waiting");
    ben?.leave();
    const heard = FakeWebSocket.delivered as Json[];
    const examples = examplesOf("server");
    for (const message of heard.filter((one) => !kindOf(one).startsWith("signal"))) {
      const known = new Set((examples.get(kindOf(message)) ?? []).flatMap((one) => shapeOf(one)));
      const unknown = shapeOf(message).filter((member) => !known.has(member));
      expect([kindOf(message), unknown]).toEqual([kindOf(message), []]);
    }
  });
});

test.each(vectors)("a call goes on when a server sends: $name", async ({ text }) => {
  const calls = await pair();
  for (const socket of FakeWebSocket.all) socket.onmessage?.({ data: text });
  await settled();
  expect(calls.map(({ state }) => state)).toEqual(["connected", "connected"]);
  for (const call of calls) call.leave();
});
