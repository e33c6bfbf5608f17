import { describe, expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { languages } from "../../../../web/widget/shared/languages.ts";

type Strings = Record<string, string>;

const load = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Strings;
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe.each(["web/widget/locales", "web/pages/locales"])("%s", (folder) => {
  const english = load(`${folder}/en.json`);

  test("has every language", () => {
    expect(readdirSync(folder).sort()).toEqual(languages.map((one) => `${one}.json`).sort());
  });

  test.each(languages.filter((one) => one !== "en"))(
    "%s has every sentence, in its language",
    (language) => {
      const strings = load(`${folder}/${language}.json`);
      expect(Object.keys(strings)).toEqual(Object.keys(english));
      for (const [key, text] of Object.entries(strings)) {
        expect([key, placeholders(text)]).toEqual([key, placeholders(english[key] ?? "")]);
        expect([key, text.trim()]).not.toEqual([key, ""]);
      }
      const same = Object.keys(english).filter((key) => english[key] === strings[key]);
      // Words that are the same in both, and patterns of placeholders.
      expect(same.length).toBeLessThan(Object.keys(english).length / 10);
    },
  );
});

describe("sentences for what goes wrong", () => {
  const english = load("web/widget/locales/en.json");
  const types = readFileSync("web/sdk/core_types.ts", "utf8");
  const errors = readFileSync("web/sdk/errors.ts", "utf8");
  const problems = /type Problem = (.*);/.exec(types)?.[1]?.match(/[a-z-]+/g) ?? [];
  const own = [...errors.matchAll(/^ {2}\| "([a-z-]+)"/gm)].map((match) => match[1]);

  test("there is a headline and a sentence for each of the core's problems and the SDK's", () => {
    expect(problems.length).toBeGreaterThanOrEqual(14);
    expect(own.length).toBeGreaterThanOrEqual(6);
    for (const code of [...problems, ...own]) {
      expect(english).toHaveProperty([`title-${code}`]);
      expect(english).toHaveProperty([`problem-${code}`]);
    }
  });
});

test("every sentence of the widget is used", () => {
  const folder = "web/widget";
  const sources = (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => extname(name) === ".ts")
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
  // These are put together from a prefix and what they are about.
  const made = /^(title|problem|action|status|host|door)-/;
  const unused = Object.keys(load(`${folder}/locales/en.json`)).filter(
    (key) => !made.test(key) && !sources.includes(`"${key}"`),
  );
  expect(unused).toEqual([]);
});
