import path from 'node:path';
import { ROOT } from '../../bookshop/strapi-process';

const SHIFT_CLOCK = path.join(ROOT, 'tests', 'faults', 'harness', 'shift-clock.cjs');

/** For a process whose clock goes wrong by so many minutes: fast, or slow where it is less than none. */
export const wrongClock = (minutes: number): Record<string, string> => ({
  NODE_OPTIONS: `--require ${SHIFT_CLOCK}`,
  CLOCK_SHIFT_MS: String(minutes * 60_000),
});
