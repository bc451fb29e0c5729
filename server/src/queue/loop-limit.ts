import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds. */
const RESOLUTION = 10;
const LOOK_EVERY = 500;
/** Mean lateness of the event loop: from here on the server's visitors feel it, below the second they do not. Milliseconds. */
const SLOW_DOWN_ABOVE = 40;
const SPEED_UP_BELOW = 20;
const LEAST_SHARE = 0.2;

/**
 * Which share of its work a process shall have in hand, after a look at its event loop: less where it lags, more where it does not.
 * @param share from 0.2 to 1, as it was
 * @param lagMs mean lateness since the last look
 */
export function nextShare(share: number, lagMs: number): number {
  if (lagMs > SLOW_DOWN_ABOVE) return Math.max(LEAST_SHARE, share * 0.7);
  if (lagMs < SPEED_UP_BELOW) return Math.min(1, share * 1.5);
  return share;
}

/** Watches the event loop of a process that also answers people. */
export interface LoopLimit {
  /** From 0.2 to 1: how much of what it may have in hand it should have. */
  share(): number;
  stop(): void;
}

/** @param onChange called when the share is another one */
export function watchEventLoop(onChange: () => void): LoopLimit {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  let share = 1;
  const timer = setInterval(() => {
    const mean = Number.isFinite(delay.mean) ? delay.mean / 1e6 - RESOLUTION : 0;
    delay.reset();
    const next = nextShare(share, mean);
    if (next === share) return;
    share = next;
    onChange();
  }, LOOK_EVERY);
  timer.unref();
  return {
    share: () => share,
    stop() {
      clearInterval(timer);
      delay.disable();
    },
  };
}
