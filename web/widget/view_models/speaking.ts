/** Loudness (0 to 1) from which a person counts as speaking: above a quiet room, below a whisper. */
const threshold = 0.02;

/** How long after the last sound a person still counts as speaking: pauses between words. */
const hold_ms = 700;

/** Who is speaking, from loudness measured again and again. */
export class Speakers {
  readonly #heard = new Map<string, number>();
  #last: string | undefined;
  #speaking: ReadonlySet<string> = new Set();

  /** Keys of those who speak now; the same object until that changes. */
  get speaking(): ReadonlySet<string> {
    return this.#speaking;
  }

  /** Key of whoever began to speak last. */
  get last(): string | undefined {
    return this.#last;
  }

  /** @returns whether anything changed */
  update(levels: ReadonlyMap<string, number>, now_ms: number): boolean {
    for (const [key, level] of levels) if (level >= threshold) this.#heard.set(key, now_ms);
    const speaking = new Set<string>();
    for (const [key, at] of this.#heard) {
      if (levels.has(key) && now_ms - at < hold_ms) speaking.add(key);
      else this.#heard.delete(key);
    }
    const begun = [...speaking].filter((key) => !this.#speaking.has(key));
    if (begun.length === 0 && speaking.size === this.#speaking.size) return false;
    this.#last = begun.at(-1) ?? this.#last;
    this.#speaking = speaking;
    return true;
  }
}
