import type { Reason } from './reason';

/** Where BullMQ's messages live. */
export type BackendName = 'redis' | 'postgres' | 'embedded';

export interface WorkerView {
  id: string;
  host: string;
  pid: number;
  /** When it last said that it lives. */
  heartbeatAt: string;
  /** Items it holds now. */
  active: number;
}

export interface QueueView {
  backend: BackendName;
  /** Why this one: `configuration`, `redis_url`, `strapi_on_postgres` or `nothing_else`. */
  chosenBecause: 'configuration' | 'redis_url' | 'strapi_on_postgres' | 'nothing_else';
  /** `ready`, `starting`, or `unavailable` with the reason. */
  state: 'starting' | 'ready' | 'unavailable' | 'idle';
  error: string | null;
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
  workers: WorkerView[];
  /** False: items wait and nothing works on them. */
  draining: boolean;
  reason: Reason | null;
}
export interface QueueResponse {
  data: QueueView;
}
