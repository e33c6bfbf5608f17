import { expect, test } from "@jest/globals";
import type { CoreModule } from "../../../../web/sdk/core/module.ts";
import { rehearse } from "../../../../web/sdk/core/rehearsal.ts";
import type { AnyOutput } from "../../../../web/sdk/driver/outputs.ts";
import { loadBuiltCore } from "../../support/core.ts";

test("plays both parts of a call up to the connection, with nothing that the core refuses", async () => {
  const core = await loadBuiltCore();
  const outputs: AnyOutput[] = [];
  const destroyed: number[] = [];
  const watched: CoreModule = {
    create: (options) => core.create(options),
    handle: (call, input, now) => core.handle(call, input, now),
    poll(call) {
      const text = core.poll(call);
      if (text) outputs.push(JSON.parse(text) as AnyOutput);
      return text;
    },
    next_timeout: (call) => core.next_timeout(call),
    destroy(call) {
      destroyed.push(call);
      core.destroy(call);
    },
  };

  rehearse(watched);

  const states = outputs.flatMap((output) => (output.type === "view" ? output.state : []));
  expect(states.filter((state) => state === "connected")).toHaveLength(2);
  expect(states.filter((state) => state === "ended")).toHaveLength(2);
  expect(outputs.filter(({ type }) => type === "ignored" || type === "report")).toEqual([]);
  expect(outputs.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["set-remote", "set-local", "add-candidate", "send", "close-link"]),
  );
  expect(destroyed).toHaveLength(2);
});
