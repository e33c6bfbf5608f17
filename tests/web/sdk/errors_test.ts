import { expect, test } from "@jest/globals";
import { ParleyError } from "../../../web/sdk/errors.ts";

test("an error of another copy of the class, as in another script, is one too", () => {
  class Copy extends Error {
    override name = "ParleyError";
  }
  expect(new Copy() instanceof ParleyError).toBe(true);
  expect(new ParleyError("bad-room", "No.") instanceof ParleyError).toBe(true);
});

test("other errors are none", () => {
  expect(new TypeError("no") instanceof ParleyError).toBe(false);
  expect({ name: "ParleyError" } instanceof ParleyError).toBe(false);
});
