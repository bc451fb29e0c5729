import { hostname } from 'node:os';
import type { WorkerView } from '../contracts/queue';
import { isRunning } from './backends/directory-owner';

/** A worker that was not heard of for so long is gone. */
const ALIVE_MS = 15_000;

interface Seen {
  heartbeatAt: string;
  /** By this process's stopwatch. */
  changedAt: number;
  /** Seen by the first look and not changed since: its clock is all that speaks for it. */
  isFirst: boolean;
}

/** Of a worker that was heard of a moment ago: whether it is known to have died since, here. */
export const hasDiedHere = ({ host, pid }: WorkerView): boolean =>
  host === hostname() && (pid === process.pid || !isRunning(pid));

export type WorkerWatch = ReturnType<typeof createWorkerWatch>;

/**
 * Tells which workers live. Hosts need not agree on the time: what counts is how long ago, by this process's own stopwatch, a
 * heartbeat has last changed. Only at the first look, or after a long while without any, its own time has to do.
 * @param list all that have ever been heard of
 * @param stopwatch milliseconds since any moment; never set back
 */
export function createWorkerWatch(
  list: () => Promise<WorkerView[]>,
  stopwatch: () => number = () => performance.now()
) {
  let seen = new Map<string, Seen>();
  let lookedAt = Number.NEGATIVE_INFINITY;

  return {
    /** Those that live, with the time of their last heartbeat by this process's clock. To be asked again and again. */
    async alive(): Promise<WorkerView[]> {
      const workers = await list();
      const time = stopwatch();
      const isFirst = time - lookedAt > ALIVE_MS;
      const before: Map<string, Seen> = isFirst ? new Map() : seen;
      lookedAt = time;
      seen = new Map();
      return workers.flatMap((worker) => {
        const known = before.get(worker.id);
        const entry: Seen =
          known?.heartbeatAt === worker.heartbeatAt
            ? known
            : { heartbeatAt: worker.heartbeatAt, changedAt: time, isFirst };
        seen.set(worker.id, entry);
        const saidAgoMs = entry.isFirst ? Date.now() - Date.parse(entry.heartbeatAt) : 0;
        const silentMs = Math.max(time - entry.changedAt, saidAgoMs);
        if (silentMs >= ALIVE_MS) return [];
        return [{ ...worker, heartbeatAt: new Date(Date.now() - silentMs).toISOString() }];
      });
    },
  };
}
