import { expect, test } from "@jest/globals";
import { sendKeyFrame } from "../../../../web/sdk/media/key_frame.ts";

type Options = { encodingOptions: { keyFrame: boolean }[] };

/** A sender of one encoding; `set` sees what is set of it. */
function sender(set: (active: boolean, options?: Options) => void): RTCRtpSender {
  const encodings = [{ active: true }];
  return {
    getParameters: () => ({ encodings: encodings.map((each) => ({ ...each })) }),
    setParameters: async (
      { encodings: [first] }: { encodings: typeof encodings },
      options?: Options,
    ) => {
      await Promise.resolve();
      encodings[0] = first!;
      set(first!.active, options);
    },
  } as unknown as RTCRtpSender;
}

test("a key frame is asked for where the browser can be asked", async () => {
  const wishes: unknown[] = [];
  await sendKeyFrame(sender((_, options) => wishes.push(options?.encodingOptions)));
  expect(wishes).toEqual([[{ keyFrame: true }]]);
});

test("elsewhere the encoder begins anew", async () => {
  const active: boolean[] = [];
  await sendKeyFrame(sender((on) => active.push(on)));
  expect(active).toEqual([true, false, true]);
});
