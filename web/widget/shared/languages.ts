/** The languages there are; English comes with the script, the others when they are wanted. */
export const languages = ["en", "de", "fr", "es"] as const;
export type Language = (typeof languages)[number];

/** The first of the wanted languages ("de-AT", "fr", …) that there is; else English. */
export function chooseLanguage(wanted: readonly string[]): Language {
  const base = wanted.map((tag) => tag.toLowerCase().split("-")[0]);
  return base.flatMap((tag) => languages.find((language) => language === tag) ?? [])[0] ?? "en";
}
