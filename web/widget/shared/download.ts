/** Offers `content` to the person as a file. */
export function download(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser reads the URL in a task of its own.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
