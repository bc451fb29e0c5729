import type { BackendConnection, OpenWorker, QueueLogger } from './backends/backend';
import type { QueueName } from './message-queue';
import { oncePer } from './repeated-messages';
import { TimeLimitError, within } from './within';

/** How long closing may take once nothing is in hand, or where it is forced; milliseconds. */
const CLOSE_LIMIT_MS = 2_000;

interface Task {
  concurrency: number;
  handle: (itemId: number) => Promise<void>;
}

/** BullMQ's workers: kept as a wish until there is a connection, and opened anew on each new one. */
export interface MessageWorkers {
  add(queue: QueueName, task: Task): void;
  setConcurrency(queue: QueueName, concurrency: number): void;
  open(connection: BackendConnection): void;
  /** Leaves the workers of a connection that is lost for good. */
  drop(): Promise<void>;
  /** Takes nothing more, waits for what is in hand up to `graceMs`, then leaves it: it is given out again after its lock expires. */
  close(graceMs: number, connectionAnswers: boolean): Promise<void>;
}

/** @param troubled called on every error of a worker. */
export function createMessageWorkers(
  logger: QueueLogger,
  explain: (error: unknown) => string,
  troubled: () => void
): MessageWorkers {
  const tasks = new Map<QueueName, Task>();
  const workers = new Map<QueueName, OpenWorker>();
  const warn = oncePer(60_000, (text) => logger.warn(text));
  let connection: BackendConnection | null = null;
  let closing = false;
  let inHand = 0;
  let emptied: () => void = () => undefined;

  const openWorker = (queue: QueueName, task: Task, on: BackendConnection) => {
    const process = async ({ data }: { data: { itemId: number } }) => {
      inHand += 1;
      try {
        await task.handle(data.itemId);
      } catch (error) {
        logger.error(
          `Item ${data.itemId} was not handled: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
        );
      } finally {
        inHand -= 1;
        if (inHand === 0) emptied();
      }
    };
    const worker = on.openWorker(queue, process, task.concurrency);
    worker.on('error', (error) => {
      if (closing) return;
      warn(`A worker met an error: ${explain(error)}`);
      troubled();
    });
    workers.set(queue, worker);
  };

  /** Ends one worker, whatever state it and its backend are in. */
  const end = async (worker: OpenWorker, force: boolean, limitMs: number) => {
    try {
      await within(limitMs, worker.close(force));
    } catch (error) {
      logger.debug(`A worker did not close: ${explain(error)}`);
      if (error instanceof TimeLimitError)
        await within(CLOSE_LIMIT_MS, worker.disconnect()).catch(() => undefined);
    }
  };

  return {
    add(queue, task) {
      if (tasks.has(queue)) throw new Error(`The queue "${queue}" has a worker already.`);
      tasks.set(queue, { ...task });
      if (connection && !closing) openWorker(queue, { ...task }, connection);
    },
    setConcurrency(queue, concurrency) {
      const task = tasks.get(queue);
      if (task) task.concurrency = concurrency;
      const worker = workers.get(queue);
      if (worker) worker.concurrency = concurrency;
    },
    open(opened) {
      connection = opened;
      if (closing) return;
      for (const [queue, task] of tasks) openWorker(queue, task, opened);
    },
    async drop() {
      connection = null;
      const left = [...workers.values()];
      workers.clear();
      await Promise.all(left.map((worker) => end(worker, true, CLOSE_LIMIT_MS)));
    },
    async close(graceMs, connectionAnswers) {
      closing = true;
      const deadline = Date.now() + graceMs;
      const all = [...workers.values()];
      workers.clear();
      await within(
        graceMs,
        Promise.all(all.map((worker) => worker.pause(true))).then(
          () =>
            new Promise<void>((resolve) => {
              emptied = resolve;
              if (inHand === 0) resolve();
            })
        )
      ).catch(() => undefined);

      const force = inHand > 0 || !connectionAnswers;
      const limitMs = force ? CLOSE_LIMIT_MS : Math.max(deadline - Date.now(), CLOSE_LIMIT_MS);
      await Promise.all(all.map((worker) => end(worker, force, limitMs)));
    },
  };
}
