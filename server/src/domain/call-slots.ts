/** How many items more than may call are in hand, as a share of the calls: they are read for and written meanwhile. */
const READ_AHEAD = 1;

/** The longest pause between the beginnings of two calls; milliseconds. */
const LONGEST_PACE_MS = 10;
/** How long calls are taken to last before any has ended; milliseconds. */
const EXPECTED_CALL_MS = 500;
/** What the newest call counts for in the average of how long calls take. */
const NEWEST_COUNTS = 0.2;

/** Items in hand at once, where so many may call at once. */
export const handsFor = (calls: number): number => Math.ceil(calls * (1 + READ_AHEAD));

interface Waiter {
  job: number;
  grant: () => void;
}

interface Kind {
  limit: number;
  active: number;
  perJob: Map<number, number>;
  waiting: Waiter[];
  /** When the last call began, by this process's stopwatch; milliseconds. */
  begunAt: number;
  /** How long calls take; milliseconds. */
  averageMs: number;
  pausing: NodeJS.Timeout | null;
}

/**
 * Calls that begin together end together, and all their writings come in one burst, in which everybody else waits. Half of the
 * pause that would spread them evenly is enough to keep them apart, and never what limits the rate.
 */
const paceOf = ({ averageMs, limit }: Kind): number => Math.min(LONGEST_PACE_MS, averageMs / limit / 2);

/** Room for calls in this process. */
export interface CallSlots {
  /**
   * Waits for room among the calls of a kind; of those that wait, the job with the fewest calls at work goes first.
   * @param limit calls of the kind at once, as of now
   * @returns gives the room back; may be called twice
   * @throws the signal's reason
   */
  take(kind: string, limit: number, job: number, signal: AbortSignal): Promise<() => void>;
}

/**
 * More items are in hand than call at once, so that others are read and written meanwhile: the calls take turns here, and begin
 * one after another rather than all in one instant.
 */
export function createCallSlots(): CallSlots {
  const kinds = new Map<string, Kind>();

  const nextOf = ({ waiting, perJob }: Kind): Waiter | undefined => {
    let best: Waiter | undefined;
    for (const waiter of waiting) {
      if (!best || (perJob.get(waiter.job) ?? 0) < (perJob.get(best.job) ?? 0)) best = waiter;
    }
    return best;
  };

  const serve = (kind: Kind): void => {
    while (kind.active < kind.limit && kind.pausing === null) {
      const next = nextOf(kind);
      if (!next) return;
      const pauseMs = kind.begunAt + paceOf(kind) - performance.now();
      if (pauseMs >= 1) {
        kind.pausing = setTimeout(() => {
          kind.pausing = null;
          serve(kind);
        }, pauseMs);
        return;
      }
      kind.waiting.splice(kind.waiting.indexOf(next), 1);
      next.grant();
    }
  };

  return {
    take(name, limit, job, signal) {
      const kind: Kind = kinds.get(name) ?? {
        limit,
        active: 0,
        perJob: new Map(),
        waiting: [],
        begunAt: -Infinity,
        averageMs: EXPECTED_CALL_MS,
        pausing: null,
      };
      kinds.set(name, kind);
      kind.limit = limit;
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const waiter: Waiter = {
          job,
          grant() {
            signal.removeEventListener('abort', leave);
            kind.active += 1;
            const begunAt = performance.now();
            kind.begunAt = begunAt;
            kind.perJob.set(job, (kind.perJob.get(job) ?? 0) + 1);
            let held = true;
            resolve(() => {
              if (!held) return;
              held = false;
              kind.active -= 1;
              const tookMs = performance.now() - begunAt;
              kind.averageMs = kind.averageMs * (1 - NEWEST_COUNTS) + tookMs * NEWEST_COUNTS;
              const left = (kind.perJob.get(job) ?? 1) - 1;
              if (left > 0) kind.perJob.set(job, left);
              else kind.perJob.delete(job);
              serve(kind);
            });
          },
        };
        const leave = (): void => {
          kind.waiting.splice(kind.waiting.indexOf(waiter), 1);
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', leave, { once: true });
        kind.waiting.push(waiter);
        serve(kind);
      });
    },
  };
}
