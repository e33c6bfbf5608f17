import { expect, test } from "@jest/globals";
import { existsSync, readFileSync, statSync } from "node:fs";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const built = "build/web";
const bytes = (name: string) => statSync(`${built}/${name}.br`).size;
const sum = (names: string[]) => names.map(bytes).reduce((all, one) => all + one, 0);

const before_join = ["call.html", "room.js", "parley.js"];
const for_the_call = ["parley-core.js", "parley.wasm"];

// Figures of the design: what a person on a slow line waits for.
const limit_before_join = 30_000;
const limit_of_all = 100_000;

if (existsSync(`${built}/parley.js.br`)) {
  test("what is loaded before Join is small", () => {
    expect(sum(before_join)).toBeLessThanOrEqual(limit_before_join);
  });

  test("everything for a call is small", () => {
    expect(sum([...before_join, ...for_the_call])).toBeLessThanOrEqual(limit_of_all);
  });

  test("the compressed files are those that they stand for", () => {
    for (const name of [...before_join, ...for_the_call, "index.html", "locales/de.json"]) {
      const original = readFileSync(`${built}/${name}`);
      expect(brotliDecompressSync(readFileSync(`${built}/${name}.br`)).equals(original)).toBe(true);
      expect(gunzipSync(readFileSync(`${built}/${name}.gz`)).equals(original)).toBe(true);
    }
  });

  test("pages carry their styles and load no others", () => {
    for (const page of ["index.html", "call.html", "embed.html", "404.html"]) {
      const html = readFileSync(`${built}/${page}`, "utf8");
      expect(html).toContain("<style>");
      expect(html).not.toContain('rel="stylesheet"');
    }
  });
} else {
  test.skip("build/web has been built", () => {});
}
