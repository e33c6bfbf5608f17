import { describe, expect, test } from "@jest/globals";
import {
  type Circumstances,
  classifyDeviceError,
  classifyScreenError,
} from "../../../../web/sdk/media/problems.ts";

const usual: Circumstances = { secure: true, allowedByPolicy: true, permission: undefined };
const error = (name: string, message = "") => new DOMException(message, name);

describe("why a camera or microphone could not be had", () => {
  test.each([
    ["the person said no", error("NotAllowedError", "Permission denied"), usual, "denied-by-user"],
    [
      "the prompt was closed",
      error("NotAllowedError", "Permission dismissed"),
      usual,
      "denied-by-user",
    ],
    [
      "the system says no, in words",
      error("NotAllowedError", "Permission denied by system"),
      usual,
      "denied-by-system",
    ],
    [
      "the site is allowed, the system says no",
      error("NotAllowedError"),
      { ...usual, permission: "granted" },
      "denied-by-system",
    ],
    [
      "the frame does not allow it",
      error("NotAllowedError"),
      { ...usual, allowedByPolicy: false },
      "denied-by-policy",
    ],
    ["disabled for the document", error("SecurityError"), usual, "denied-by-policy"],
    ["another program has it", error("NotReadableError"), usual, "in-use"],
    [
      "Firefox could not start it",
      error("AbortError", "Starting videoinput failed"),
      usual,
      "in-use",
    ],
    ["there is none", error("NotFoundError"), usual, "not-found"],
    ["the chosen one is gone", error("OverconstrainedError"), usual, "not-found"],
    ["plain http", new TypeError("undefined"), { ...usual, secure: false }, "insecure-page"],
    ["something else", error("InvalidStateError"), usual, "other"],
  ] as const)("%s", (_, failure, known, problem) => {
    expect(classifyDeviceError(failure, known)).toBe(problem);
  });
});

describe("why a screen could not be had", () => {
  test.each([
    ["the picker was closed", error("NotAllowedError", "Permission denied"), usual, "cancelled"],
    [
      "the system says no",
      error("NotAllowedError", "Permission denied by system"),
      usual,
      "denied-by-system",
    ],
    [
      "the frame does not allow it",
      error("NotAllowedError"),
      { ...usual, allowedByPolicy: false },
      "denied-by-policy",
    ],
  ] as const)("%s", (_, failure, known, problem) => {
    expect(classifyScreenError(failure, known)).toBe(problem);
  });
});
