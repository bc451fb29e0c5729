import type { Reason } from './reason';

/** Where BullMQ's messages live. */
export type BackendName = 'redis' | 'postgres' | 'embedded';

/** One queue as a worker sees it. */
export interface WorkedQueue {
  name: string;
  /** Calls it makes at once. */
  concurrency: number;
  /** Items it has in hand: as many more as it calls for may be read ahead or written. */
  active: number;
  /** It takes messages of several items; workers of older versions do not say so. */
  several?: boolean;
}

export interface WorkerView {
  id: string;
  /** `server`: in a Strapi server's own process; `process`: started by `ai-jobs worker`. */
  kind: 'server' | 'process';
  host: string;
  pid: number;
  /** Of the plugin. */
  version: string;
  startedAt: string;
  /** When it last said that it lives. */
  heartbeatAt: string;
  /** Items it holds now. */
  active: number;
  queues: WorkedQueue[];
}

export interface QueueView {
  backend: BackendName;
  /** Why this one: `configuration`, `redis_url`, `strapi_on_postgres` or `nothing_else`. */
  chosenBecause: 'configuration' | 'redis_url' | 'strapi_on_postgres' | 'nothing_else';
  /** `ready`, `starting`, or `unavailable` with the reason. */
  state: 'starting' | 'ready' | 'unavailable' | 'idle';
  error: Reason | null;
  /** Items of jobs at work that wait for their turn. */
  waiting: number;
  /** Items in the hands of workers. */
  active: number;
  /** Items of jobs at work that wait for the time of their next attempt. */
  delayed: number;
  workers: WorkerView[];
  /** Whether this server works on the queue itself. */
  inProcess: boolean;
  /** False: nothing works on the queue, or on one of the queues in which items wait. */
  draining: boolean;
  reason: Reason | null;
}
export interface QueueResponse {
  data: QueueView;
}
