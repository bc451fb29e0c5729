let openJob: string | null = null;
const listeners = new Set<() => void>();

/** Called by a job's own page, which shows all that the tray would; null when it is left. */
export function setOpenJob(id: string | null): void {
  openJob = id;
  for (const listener of listeners) listener();
}

/** The job whose page stands open in this tab. */
export function currentOpenJob(): string | null {
  return openJob;
}

/** Calls `listener` at each change; returns how to stop. */
export function onOpenJob(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
