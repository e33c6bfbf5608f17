/** How a line of chat is told from the application's own messages. */
const chat_prefix = '{"parley-chat":';

/** The message that carries a line of chat. */
export const chatMessage = (line: string): string => `${chat_prefix}${JSON.stringify(line)}}`;

/** The line of chat that a message carries, if it does. */
export function chatLine(message: string): string | undefined {
  if (!message.startsWith(chat_prefix)) return undefined;
  try {
    const line = (JSON.parse(message) as { "parley-chat": unknown })["parley-chat"];
    return typeof line === "string" ? line : undefined;
  } catch {
    return undefined;
  }
}
