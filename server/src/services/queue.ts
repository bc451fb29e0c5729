import type { QueueView, WorkerView } from '../contracts/queue';
import { withDetail, withMessage, type Reason, type StoredReason } from '../contracts/reason';
import type { ResolvedConfig } from '../config';
import type { MessageQueue } from '../queue/message-queue';
import type { WorkerWatch } from '../queue/worker-watch';
import type { Store } from '../store/store';

/** A worker of an older version does not say what it works on: on everything. */
const takesFrom = ({ queues }: WorkerView, name: string): boolean =>
  queues.length === 0 || queues.some((queue) => queue.name === name);

export type QueueService = ReturnType<typeof createQueueService>;

/** The queue's state in words for those who run the site. */
export function createQueueService(parts: {
  store: Store;
  queue: () => MessageQueue;
  workers: WorkerWatch;
  chosenBecause: QueueView['chosenBecause'];
  config: ResolvedConfig;
}) {
  const { store, queue, workers, chosenBecause, config } = parts;

  /** Why nobody takes what waits in some queues, and what to do. */
  const whyNot = (error: Reason | null, anyWorker: boolean, left: string[]): StoredReason => {
    if (error !== null)
      return {
        code: 'queue_not_draining',
        params: withDetail(error.params, error.code),
        retryable: true,
      };
    if (anyWorker)
      return { code: 'queue_without_worker_for', params: { queues: left.join(', ') }, retryable: true };
    if (config.workers.inProcess) {
      return { code: 'queue_workers_not_started', params: {}, retryable: true };
    }
    return {
      code: queue().backend === 'embedded' ? 'queue_embedded_unworked' : 'queue_without_workers',
      params: {},
      retryable: true,
    };
  };

  return {
    async state(): Promise<QueueView> {
      const [state, living, waiting, items] = await Promise.all([
        queue().state(),
        workers.alive(),
        store.window.waitingQueues(),
        // Messages come and go with some items at a time: what people count is items.
        store.window.itemsAtWork(),
      ]);
      const ready = state.state === 'ready';
      const left = waiting.filter((name) => !ready || !living.some((worker) => takesFrom(worker, name)));
      return {
        backend: state.backend,
        chosenBecause,
        state: state.state,
        error: state.error,
        ...items,
        workers: living,
        inProcess: config.workers.inProcess,
        draining: ready && living.length > 0 && left.length === 0,
        reason: left.length === 0 ? null : withMessage(whyNot(state.error, living.length > 0, left)),
      };
    },
  };
}
