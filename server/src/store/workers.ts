import type { WorkerView } from '../contracts/queue';
import { readJson, readNumber, readText, writeJson, type Database, type Row } from './database';

export type WorkerStore = ReturnType<typeof createWorkerStore>;

/** What a worker says of itself, again and again; `startedAt` in epoch milliseconds. */
export interface Heartbeat extends Omit<WorkerView, 'startedAt' | 'heartbeatAt'> {
  startedAt: number;
}

const isoTime = (value: unknown): string => new Date(readNumber(value)).toISOString();

/** One that an older version of the plugin runs says nothing of its queues. */
function readQueues(column: unknown): WorkerView['queues'] {
  const queues = readJson(column);
  return Array.isArray(queues) ? (queues as WorkerView['queues']) : [];
}

/** Which processes work, and when each last said so. */
export function createWorkerStore(database: Database) {
  return {
    async beat(worker: Heartbeat): Promise<void> {
      const heartbeat = {
        heartbeat_ms: Date.now(),
        active_items: worker.active,
        queues: writeJson(worker.queues),
      };
      const changed = await database.table('workers').where({ worker_id: worker.id }).update(heartbeat);
      if (Number(changed) > 0) return;
      await database
        .table('workers')
        .insert({
          worker_id: worker.id,
          kind: worker.kind,
          host: worker.host,
          pid: worker.pid,
          version: worker.version,
          started_ms: worker.startedAt,
          ...heartbeat,
        })
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

    /** All that have not been forgotten, gone ones too. */
    async list(): Promise<WorkerView[]> {
      const rows = (await database.table('workers').orderBy('id')) as Row[];
      return rows.map((row) => ({
        id: String(row.worker_id),
        kind: row.kind === 'process' ? 'process' : 'server',
        host: String(row.host),
        pid: readNumber(row.pid),
        version: readText(row.version) ?? '',
        startedAt: isoTime(row.started_ms ?? row.heartbeat_ms),
        heartbeatAt: isoTime(row.heartbeat_ms),
        active: readNumber(row.active_items),
        queues: readQueues(row.queues),
      }));
    },
  };
}
