/** One or two letters that stand for a person without a picture; "" for one without a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => {
    const [letter] = word ?? ""; // by code point: emoji and rare scripts stay whole
    return letter ?? "";
  });
  return letters.join("").toLocaleUpperCase();
}

/** An angle on the colour wheel that stays the same for a person, in degrees. */
export function hue(seed: string): number {
  let sum = 0;
  for (const letter of seed) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return (sum * 137) % 360;
}
