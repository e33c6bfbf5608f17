import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { cleanName, isRoomName } from "../../../web/sdk/names.ts";
import { version } from "../../../web/sdk/version.ts";

describe("a room's name", () => {
  test.each(["demo", "A-b_9", "x".repeat(64)])("may be %s", (name) => {
    expect(isRoomName(name)).toBe(true);
  });
  test.each(["", "a b", "ä", "a/b", "x".repeat(65), "a\n"])("may not be %j", (name) => {
    expect(isRoomName(name)).toBe(false);
  });
});

describe("a person's name", () => {
  test("is put on one line", () => {
    expect(cleanName("  Ana\n\tMaria\u0000 ")).toBe("Ana Maria");
  });
  test("is cut between characters, at 128 bytes", () => {
    expect(cleanName("😀".repeat(40))).toBe("😀".repeat(32));
    expect(cleanName("ä".repeat(64))).toBe("ä".repeat(64));
  });
});

test("the version is that of the package", () => {
  const { version: packaged } = JSON.parse(readFileSync("package.json", "utf8")) as {
    version: string;
  };
  expect(version).toBe(packaged);
});
