/** How many items more than may call are in hand, as a share of the calls: they are read for and written meanwhile. */
const READ_AHEAD = 0.5;

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
}

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

/** More items are in hand than call at once, so that others are read and written meanwhile: the calls take turns here. */
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
    while (kind.active < kind.limit) {
      const next = nextOf(kind);
      if (!next) return;
      kind.waiting.splice(kind.waiting.indexOf(next), 1);
      next.grant();
    }
  };

  return {
    take(name, limit, job, signal) {
      const kind: Kind = kinds.get(name) ?? { limit, active: 0, perJob: new Map(), waiting: [] };
      kinds.set(name, kind);
      kind.limit = limit;
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const waiter: Waiter = {
          job,
          grant() {
            signal.removeEventListener('abort', leave);
            kind.active += 1;
            kind.perJob.set(job, (kind.perJob.get(job) ?? 0) + 1);
            let held = true;
            resolve(() => {
              if (!held) return;
              held = false;
              kind.active -= 1;
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
