/**
 * Lets a text through once per `everyMs`: a backend that is away fails every second, in every worker, with the same words.
 * Remembers at most 100 texts.
 */
export function oncePer(everyMs: number, write: (text: string) => void): (text: string) => void {
  const writtenAt = new Map<string, number>();
  return (text) => {
    const now = Date.now();
    if (now - (writtenAt.get(text) ?? 0) < everyMs) return;
    if (writtenAt.size >= 100) writtenAt.clear();
    writtenAt.set(text, now);
    write(text);
  };
}
