import { describe, expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { randomRoom, roomFrom } from "../../../web/pages/room_names.ts";
import { snippets } from "../../../web/pages/snippets.ts";
import { isRoomName } from "../../../web/sdk/names.ts";

const pages = readdirSync("web/pages").filter((name) => name.endsWith(".html"));
const english = JSON.parse(readFileSync("web/pages/locales/en.json", "utf8")) as Record<
  string,
  string
>;
const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

describe.each(pages)("%s", (page) => {
  const html = readFileSync(`web/pages/${page}`, "utf8");

  test("has no script of its own, which the content security policy would refuse", () => {
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(html).not.toMatch(/\son\w+=/);
  });

  test("is in the English of the locale", () => {
    for (const [, key = "", text = ""] of html.matchAll(/data-text="([^"]+)"\s*>([^<]*)</g)) {
      expect([key, oneLine(text)]).toEqual([key, english[key]]);
    }
    for (const [, label = "", key = ""] of html.matchAll(
      /aria-label="([^"]+)"\s+data-label="([^"]+)"/g,
    )) {
      expect([key, label]).toEqual([key, english[key]]);
    }
  });

  test("names its language, its title and a viewport", () => {
    expect(html).toMatch(/<html lang="en">/);
    expect(html).toMatch(/<title>[^<]*Parley<\/title>/);
    expect(html).toMatch(/name="viewport"/);
  });
});

describe("rooms", () => {
  test("have random names that are valid, and differ", () => {
    const names = new Set(Array.from({ length: 200 }, randomRoom));
    expect(names.size).toBeGreaterThan(195);
    for (const name of names) expect([name, isRoomName(name)]).toEqual([name, true]);
  });

  test.each([
    ["demo", "demo"],
    ["  weekly team call ", "weekly-team-call"],
    ["https://calls.example/r/demo?name=Ana", "demo"],
    ["calls.example/r/demo", "demo"],
    ["", undefined],
    ["what?", undefined],
    ["https://calls.example/", undefined],
  ])("%j means %s", (text, room) => {
    expect(roomFrom(text)).toBe(room);
  });
});

describe("code for other sites", () => {
  const code = snippets("https://calls.example", "demo");

  test("has an element that names script and room", () => {
    expect(code.element).toContain('src="https://calls.example/parley.js"');
    expect(code.element).toContain('<parley-call room="demo"');
  });

  test("has a frame that allows what a call needs", () => {
    for (const needed of ["camera", "microphone", "display-capture", "autoplay", "fullscreen"]) {
      expect(code.frame).toMatch(new RegExp(`allow="[^"]*\\b${needed}\\b`));
    }
  });
});
