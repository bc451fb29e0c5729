import type { Store } from '../store/store';

/** How long one who deletes waits for the rows to go; a large job's go on going after the answer. Milliseconds. */
const WAIT_MS = 1_000;

export type JobRemoval = ReturnType<typeof createJobRemoval>;

/** Removes the rows that deleted jobs have left, also those of a process that was killed at it. */
export function createJobRemoval(parts: { store: Store; logger: { warn(message: string): void } }) {
  const { store, logger } = parts;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const removeAll = async (): Promise<void> => {
    try {
      do {
        again = false;
        while (!stopped && (await store.deletions.removeChunk())) {
          // Each chunk is a statement of its own; others get their turn in between.
          await new Promise((resolve) => setImmediate(resolve));
        }
      } while (again && !stopped);
    } catch (error) {
      logger.warn(
        `AI Jobs: removing what deleted jobs have left failed and is tried again: ${error instanceof Error ? error.message : String(error)}`
      );
    } finally {
      running = null;
    }
  };

  /** Removes all there is, one chunk after another. Never rejects. */
  const sweep = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    if (running) again = true;
    else running = store.database.detached(removeAll);
    return running;
  };

  return {
    sweep,

    /** Begins to remove what deleted jobs have left, and waits a moment for the end of it. */
    async removeRows(): Promise<void> {
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, WAIT_MS);
      });
      await Promise.race([sweep(), limit]);
      clearTimeout(timer);
    },

    async stop(): Promise<void> {
      stopped = true;
      await running;
    },
  };
}
