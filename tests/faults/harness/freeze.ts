import type { WorkingProcess, World } from './world';

const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Stops a process (SIGSTOP) until something has happened, and notes what it lost by that. */
export async function freeze(
  world: World,
  frozen: WorkingProcess,
  until: () => Promise<unknown>
): Promise<void> {
  const since = Date.now();
  process.kill(frozen.pid, 'SIGSTOP');
  let isNoted = false;
  try {
    await until();
    await world.fellSilent(frozen, since);
    isNoted = true;
  } catch (error) {
    if (!isLocked(error)) throw error;
  } finally {
    process.kill(frozen.pid, 'SIGCONT');
  }
  if (isNoted) return;
  // Stopped in the middle of its writing it keeps everybody out of SQLite's file: then at another moment.
  await pause(50);
  await freeze(world, frozen, until);
}
