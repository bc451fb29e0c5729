const listeners = new Set<() => void>();

/** Tells whoever watches jobs in this browser tab that one was just made or told to do something. */
export function announceJobChange(): void {
  for (const listener of listeners) listener();
}

/** Calls `listener` after each such change; returns how to stop. */
export function onJobChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
