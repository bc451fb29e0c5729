import { hostname } from 'node:os';
import type { Heartbeat, WorkerStore } from '../store/workers';

const FORGET_SILENT_MS = 3_600_000;

export type WorkerHeartbeat = ReturnType<typeof createHeartbeat>;

/** Says, when it is asked to, that this process works from now on, and on what; and takes that back when it leaves. */
export function createHeartbeat(
  parts: Pick<Heartbeat, 'id' | 'kind' | 'version'> & {
    workers: WorkerStore;
    /** What this process has in hand now. */
    held: () => Pick<Heartbeat, 'active' | 'queues'>;
  }
) {
  const { workers, held, ...self } = parts;
  const startedAt = Date.now();
  let beating: Promise<void> = Promise.resolve();

  const sayWhatIsHeld = async (): Promise<void> => {
    await workers.beat({ ...self, host: hostname(), pid: process.pid, startedAt, ...held() });
    await workers.forgetSilent(Date.now() - FORGET_SILENT_MS);
  };

  return {
    beat: (): Promise<void> => (beating = sayWhatIsHeld()),

    /** A heartbeat that came after the leaving would bring the worker back into the list. */
    async leave(): Promise<void> {
      await beating.catch(() => undefined);
      await workers.leave(self.id);
    },
  };
}
