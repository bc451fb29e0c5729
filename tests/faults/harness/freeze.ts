import { setTimeout as pause } from 'node:timers/promises';
import type { WorkingProcess } from './working-process';
import type { World } from './world';

/** Stopped in the middle of its writing a process keeps everybody out of what it has locked: then at another moment. */
const MOST_TRIES = 3;
const BETWEEN_TRIES_MS = 50;

/**
 * Stops a process (SIGSTOP) until something has happened, and notes what it lost by that.
 * @param until throws where that does not happen: the process is let go, and stopped once more
 */
export async function freeze(
  world: World,
  frozen: WorkingProcess,
  until: () => Promise<unknown>,
  { mostTries = MOST_TRIES } = {}
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const since = Date.now();
    process.kill(frozen.pid, 'SIGSTOP');
    try {
      await until();
      return await world.fellSilent(frozen, since);
    } catch (error) {
      if (tries === mostTries) throw error;
    } finally {
      process.kill(frozen.pid, 'SIGCONT');
    }
    await pause(BETWEEN_TRIES_MS);
  }
}
