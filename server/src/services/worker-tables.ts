import type { TablesThere } from '../store/tables-there';
import { WorkerRefusedError } from './worker-process';

/** A server that starts at the same time makes its tables meanwhile; milliseconds. */
const WAIT_MS = 30_000;
const LOOK_EVERY_MS = 1_000;
/** So many of what is missing are named. */
const MOST_NAMES = 5;

const named = (missing: string[]): string => {
  const more = missing.length - MOST_NAMES;
  return `${missing.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/**
 * A worker never changes the tables: it begins where all that its code needs is there, also beside a newer version, and waits a
 * while for a server that is about to make them.
 * @throws WorkerRefusedError naming what is missing
 */
export async function waitForTables(
  read: () => Promise<TablesThere>,
  logger: { info(message: string): void; warn(message: string): void },
  { waitMs, lookEveryMs } = { waitMs: WAIT_MS, lookEveryMs: LOOK_EVERY_MS }
): Promise<void> {
  const until = performance.now() + waitMs;
  for (let looks = 0; ; looks += 1) {
    const { same, missing } = await read();
    if (same) return;
    if (missing.length === 0) {
      logger.warn(
        'AI Jobs: the tables were made by another version of this project. All that this worker needs is there, and it leaves them as they are; give it the server’s version soon.'
      );
      return;
    }
    const lacks = `The database lacks what this version of the project needs (${named(missing)})`;
    if (performance.now() >= until)
      throw new WorkerRefusedError(
        `${lacks}. A worker changes no tables: start the server with this version first.`
      );
    if (looks === 0)
      logger.info(`AI Jobs: ${lacks}; this worker waits ${waitMs / 1_000} s for the server to make it.`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}
