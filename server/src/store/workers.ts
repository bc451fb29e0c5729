import type { WorkerView } from '../contracts/queue';
import { readNumber, type Database, type Row } from './database';

export type WorkerStore = ReturnType<typeof createWorkerStore>;

/** Which processes work, and when each last said so. */
export function createWorkerStore(database: Database) {
  return {
    async beat(worker: { id: string; host: string; pid: number; active: number }): Promise<void> {
      const heartbeat = { heartbeat_ms: Date.now(), active_items: worker.active };
      const changed = await database.table('workers').where({ worker_id: worker.id }).update(heartbeat);
      if (Number(changed) > 0) return;
      await database
        .table('workers')
        .insert({ worker_id: worker.id, host: worker.host, pid: worker.pid, ...heartbeat })
        .onConflict('worker_id')
        .merge(heartbeat);
    },

    async leave(workerId: string): Promise<void> {
      await database.table('workers').where({ worker_id: workerId }).delete();
    },

    /** Forgets processes that have not been heard of for long. */
    async forgetSilent(before: number): Promise<void> {
      await database.table('workers').where('heartbeat_ms', '<', before).delete();
    },

    async list(since: number): Promise<WorkerView[]> {
      const rows = (await database
        .table('workers')
        .where('heartbeat_ms', '>=', since)
        .orderBy('id')) as Row[];
      return rows.map((row) => ({
        id: String(row.worker_id),
        host: String(row.host),
        pid: readNumber(row.pid),
        heartbeatAt: new Date(readNumber(row.heartbeat_ms)).toISOString(),
        active: readNumber(row.active_items),
      }));
    },
  };
}
