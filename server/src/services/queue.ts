import type { QueueView } from '../contracts/queue';
import { withMessage } from '../contracts/reason';
import type { ResolvedConfig } from '../config';
import type { MessageQueue } from '../queue/message-queue';
import type { Store } from '../store/store';

/** A worker not heard of for so long is not counted. */
const ALIVE_MS = 20_000;

export type QueueService = ReturnType<typeof createQueueService>;

/** The queue's state in words for those who run the site. */
export function createQueueService(parts: {
  store: Store;
  queue: () => MessageQueue;
  chosenBecause: QueueView['chosenBecause'];
  config: ResolvedConfig;
}) {
  const { store, queue, chosenBecause, config } = parts;
  return {
    async state(): Promise<QueueView> {
      const [state, workers, waitingItems] = await Promise.all([
        queue().state(),
        store.workers.list(Date.now() - ALIVE_MS),
        store.window.waitingItems(),
      ]);
      const draining = state.state === 'ready' && workers.length > 0;
      const detail =
        state.error ??
        (config.workers.inProcess
          ? 'The workers of this server have not started; look at its log.'
          : 'workers.inProcess is switched off, and no other process works on the queue.');
      return {
        backend: state.backend,
        chosenBecause,
        state: state.state,
        error: state.error,
        waiting: state.waiting,
        active: state.active,
        delayed: state.delayed,
        failed: state.failed,
        workers,
        draining,
        reason:
          draining || waitingItems === 0
            ? null
            : withMessage({ code: 'queue_not_draining', params: { detail }, retryable: true }),
      };
    },
  };
}
