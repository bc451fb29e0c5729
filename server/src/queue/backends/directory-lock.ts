import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isOwnerDead, noteOwner } from './directory-owner';

/** A lock whose owner has not renewed it for so long belongs to nobody; milliseconds. */
const STALE_MS = 10_000;
/** The same for the short lock around looking at the other one; the least that the library allows. */
const LOOKING_STALE_MS = 2_000;
const LOOKING_RETRIES = { retries: 60, factor: 1, minTimeout: 50, maxTimeout: 50 };

const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ELOCKED';

/**
 * Takes a directory for this process alone. The lock of a process that was killed on this machine is taken over at once; of one
 * elsewhere nothing is known, so its lock has to grow old first.
 * @param onLost another process has taken the lock, as after a long sleep of this one.
 * @returns the way to release it, or null where another process holds it.
 */
export async function lockDirectory(
  directory: string,
  onLost: () => void
): Promise<(() => Promise<void>) | null> {
  const { lock } = await import('proper-lockfile');
  await mkdir(dirname(directory), { recursive: true });
  const take = () => lock(directory, { realpath: false, stale: STALE_MS, onCompromised: onLost });

  // One process looks at a time: otherwise two could find the same owner dead, and one throw away the lock of the other.
  let stopLooking: () => Promise<void>;
  try {
    stopLooking = await lock(`${directory}.looking`, {
      realpath: false,
      stale: LOOKING_STALE_MS,
      retries: LOOKING_RETRIES,
      onCompromised: () => undefined,
    });
  } catch (error) {
    if (isHeld(error)) return null;
    throw error;
  }
  try {
    const release = await take().catch(async (error: unknown) => {
      if (!isHeld(error)) throw error;
      if (!(await isOwnerDead(directory))) return null;
      await rm(`${directory}.lock`, { recursive: true, force: true });
      return take();
    });
    if (!release) return null;
    // It is left there when the lock is released: whoever takes the lock next writes over it.
    await noteOwner(directory).catch(async (error: unknown) => {
      await release();
      throw error;
    });
    return release;
  } finally {
    await stopLooking().catch(() => undefined);
  }
}
