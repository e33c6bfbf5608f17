import { chooseLanguage } from "../widget/shared/languages.ts";

/** The language of a page: the address's ?lang=, else the browser's. */
export function preferredLanguage(): string {
  return new URLSearchParams(location.search).get("lang") ?? chooseLanguage(navigator.languages);
}

/**
 * Puts the page into a language. Its HTML is in English; every element with data-text="key" gets
 * that sentence, and data-label does the same for aria-label. Stays English where the language
 * cannot be loaded.
 */
export async function localizePage(lang: string): Promise<void> {
  const language = chooseLanguage([lang]);
  if (language === "en") return;
  const response = await fetch(`/locales/pages-${language}.json`).catch(() => undefined);
  if (!response?.ok) return;
  const words = (await response.json()) as Partial<Record<string, string>>;
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll<HTMLElement>("[data-text]")) {
    element.textContent = words[element.dataset["text"] ?? ""] ?? element.textContent;
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
    element.ariaLabel = words[element.dataset["label"] ?? ""] ?? element.ariaLabel;
  }
}
