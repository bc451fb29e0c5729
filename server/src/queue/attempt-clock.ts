/** The time an attempt may take. */
export interface AttemptClock {
  /** When it is over, as of now; epoch milliseconds. */
  deadlineAt(): number;
  /** Waits for something that is not the attempt's own doing: that time does not count. */
  excluding<Result>(wait: () => Promise<Result>): Promise<Result>;
  stop(): void;
}

/** @param onOver called once, `graceMs` after the attempt's `limitMs` are used up */
export function startAttemptClock(limitMs: number, graceMs: number, onOver: () => void): AttemptClock {
  let endsAt = Date.now() + limitMs;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const run = (): void => {
    if (!stopped) timer = setTimeout(onOver, Math.max(0, endsAt - Date.now()) + graceMs);
  };
  run();
  return {
    deadlineAt: () => endsAt,
    async excluding(wait) {
      clearTimeout(timer);
      const left = endsAt - Date.now();
      try {
        return await wait();
      } finally {
        endsAt = Date.now() + left;
        run();
      }
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
