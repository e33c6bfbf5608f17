import { describe, expect, test } from "@jest/globals";
import { actionOf, shortcuts } from "../../../../web/widget/view_models/actions.ts";
import { allRead, empty_log, withLine } from "../../../../web/widget/view_models/chat_log.ts";
import { hue, initials } from "../../../../web/widget/view_models/initials.ts";

describe("keys", () => {
  const press = { ctrlKey: false, metaKey: false, altKey: false, repeat: false };

  test("do what the help says", () => {
    for (const [key, action] of shortcuts) expect(actionOf({ ...press, key }, false)).toBe(action);
    expect(actionOf({ ...press, key: "M" }, false)).toBe("microphone");
  });

  test("do nothing while one is typing, held down, or with the browser's own", () => {
    expect(actionOf({ ...press, key: "m" }, true)).toBeUndefined();
    for (const held of ["repeat", "ctrlKey", "metaKey", "altKey"]) {
      expect(actionOf({ ...press, key: "m", [held]: true }, false)).toBeUndefined();
    }
  });
});

describe("the chat", () => {
  const line = { from: "b", name: "Ben", text: "hello", at: new Date(0) };

  test("counts what has not been seen, until it is opened", () => {
    const two = withLine(withLine(empty_log, line, false), line, false);
    expect([two.lines.length, two.unread]).toEqual([2, 2]);
    expect(allRead(two).unread).toBe(0);
    expect(withLine(two, line, true).unread).toBe(0);
  });

  test("is bounded", () => {
    let log = empty_log;
    for (let i = 0; i < 600; i++) log = withLine(log, { ...line, text: String(i) }, false);
    expect([log.lines.length, log.lines.at(-1)?.text]).toEqual([500, "599"]);
  });
});

describe("a person without a picture", () => {
  test.each([
    ["Ana", "A"],
    ["ana lind", "AL"],
    ["Ana Maria de Lind", "AL"],
    ["😀 smile", "😀S"],
    ["", ""],
  ])("%j is %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  test("has a colour that stays", () => {
    expect(hue("p1")).toBe(hue("p1"));
    expect(hue("p1")).not.toBe(hue("p2"));
    expect(hue("x".repeat(100))).toBeLessThan(360);
  });
});
