/** One line of the chat. */
export interface ChatLine {
  /** Id of the participant, "" for oneself. */
  from: string;
  /** As it was when the line was written: people leave and change names. */
  name: string;
  text: string;
  at: Date;
}

/** Lines that are kept: more than anybody scrolls back, and bounded. */
const lines_kept = 500;

/** The chat of one call and how much of it has not been seen. A value: changes make a new one. */
export interface ChatLog {
  lines: readonly ChatLine[];
  unread: number;
}

export const empty_log: ChatLog = { lines: [], unread: 0 };

/** @param seen whether the chat is open, or the line one's own */
export function withLine(log: ChatLog, line: ChatLine, seen: boolean): ChatLog {
  return {
    lines: [...log.lines, line].slice(-lines_kept),
    unread: seen ? 0 : log.unread + 1,
  };
}

export const allRead = (log: ChatLog): ChatLog => (log.unread ? { ...log, unread: 0 } : log);
