import en from "../locales/en.json" with { type: "json" };
import type { Language } from "./languages.ts";

/** Names of the sentences; every locale has all of them. */
export type Key = keyof typeof en;

export type Strings = Readonly<Record<Key, string>>;

/** Gives the sentence for a key, with {…} replaced by the values of that name. */
export type Translate = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

export const translator =
  (strings: Strings): Translate =>
  (key, values = {}) =>
    strings[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));

export const english = translator(en);

/** @param base URL of the folder with parley.js; English if the language cannot be loaded */
export async function loadTranslate(language: Language, base: URL): Promise<Translate> {
  if (language === "en") return english;
  try {
    const response = await fetch(new URL(`locales/${language}.json`, base));
    // What a newer English has and this file lacks is better in English than not at all.
    return translator({ ...en, ...((await response.json()) as Partial<Strings>) });
  } catch {
    return english;
  }
}
