const KEY = 'ai-jobs.tray';
/** Older ones are of jobs that the tray would not show any more. */
const REMEMBERED = 50;

interface Memory {
  /** Runs of jobs that the person closed in the tray. */
  dismissed: string[];
  /** Runs whose end was already told, in this tab or another. */
  told: string[];
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

function recall(): Memory {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return { dismissed: [], told: [] };
    return {
      dismissed: strings('dismissed' in stored ? stored.dismissed : []),
      told: strings('told' in stored ? stored.told : []),
    };
  } catch {
    // Storage switched off or filled by something else: the tray then forgets with the page.
    return { dismissed: [], told: [] };
  }
}

/** Whether this was noted before about a run of a job. */
export function isNoted(list: keyof Memory, run: string): boolean {
  return recall()[list].includes(run);
}

/** Notes it about a run of a job, for this browser. */
export function note(list: keyof Memory, run: string): void {
  const memory = recall();
  const next = [run, ...memory[list].filter((noted) => noted !== run)].slice(0, REMEMBERED);
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...memory, [list]: next }));
  } catch {
    // As above.
  }
}
