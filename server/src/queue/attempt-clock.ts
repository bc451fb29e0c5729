/** The time an attempt may take. */
export interface AttemptClock {
  /** When it is over, as of now; epoch milliseconds. */
  deadlineAt(): number;
  /** How much of the time has been used, as of now; milliseconds. */
  usedMs(): number;
  /** Waits for something that is not the attempt's own doing: that time does not count. */
  excluding<Result>(wait: () => Promise<Result>): Promise<Result>;
  stop(): void;
}

/** @param onOver called once, `graceMs` after the attempt's `limitMs` are used up */
export function startAttemptClock(limitMs: number, graceMs: number, onOver: () => void): AttemptClock {
  let endsAt = Date.now() + limitMs;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  /** How many waits do not count now, and what was left when the first of them began. */
  let waits = 0;
  let leftBefore = limitMs;
  const left = (): number => (waits > 0 ? leftBefore : endsAt - Date.now());
  const run = (): void => {
    if (!stopped) timer = setTimeout(onOver, Math.max(0, left()) + graceMs);
  };
  run();
  return {
    deadlineAt: () => Date.now() + left(),
    usedMs: () => Math.max(0, limitMs - left()),
    async excluding(wait) {
      clearTimeout(timer);
      leftBefore = left();
      waits += 1;
      try {
        return await wait();
      } finally {
        waits -= 1;
        if (waits === 0) {
          endsAt = Date.now() + leftBefore;
          run();
        }
      }
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
