import type { BackendName } from '../../contracts/queue';
import { withMessage, type Reason, type ReasonCode, type ReasonParams } from '../../contracts/reason';
import type { ProviderLimits, QueueName } from '../message-queue';

/** Where a person running the server reads what the queue has to say. */
export interface QueueLogger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** All that a message holds: an item's id, as ever, or several. */
export type MessageData = { itemId: number } | { itemIds: number[] };

/** A message as BullMQ takes it. */
export interface MessageToAdd {
  name: string;
  data: MessageData;
  opts: { jobId: string; attempts: number; removeOnComplete: boolean; removeOnFail: boolean; delay?: number };
}

/** The part of BullMQ's Queue that is used here. */
export interface OpenQueue {
  addBulk(messages: MessageToAdd[]): Promise<unknown>;
  getJobCounts(
    ...types: ('waiting' | 'prioritized' | 'active' | 'delayed' | 'failed')[]
  ): Promise<Record<string, number>>;
  close(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** The part of BullMQ's Worker that is used here. */
export interface OpenWorker {
  pause(doNotWaitActive?: boolean): Promise<void>;
  close(force?: boolean): Promise<void>;
  disconnect(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What a worker does with a message. */
export type ProcessMessage = (message: { data: MessageData }) => Promise<void>;

/** A backend that has answered, and the BullMQ objects on it. */
export interface BackendConnection {
  readonly limits: ProviderLimits;
  openQueue(name: QueueName): OpenQueue;
  /** A worker that opens one message at a time. */
  openWorker(name: QueueName, process: ProcessMessage): OpenWorker;
  /** @throws where the backend does not answer. */
  ping(): Promise<void>;
  /** Ends every connection; called after the queues and workers on it have been closed. */
  close(): Promise<void>;
}

/** How a connection tells what happens to it between two pings. */
export interface ConnectionEvents {
  /** Something has changed: worth a ping now. */
  changed(): void;
  /** It will never work again and has to be opened anew. */
  lost(reason: string): void;
}

/** One of the places where BullMQ keeps its messages. */
export interface Backend {
  readonly name: BackendName;
  /**
   * Opens everything once. Called again, by whoever holds it, until it succeeds.
   * @throws BackendError, or whatever the driver throws, for `explain`.
   */
  connect(events: ConnectionEvents): Promise<BackendConnection>;
  /** For a person: what is wrong, where, what to do. Never holds a password. */
  explain(error: unknown): Reason;
}

/** An error that is already a sentence for a person. */
export class BackendError extends Error {
  override name = 'BackendError';
  readonly reason: Reason;

  constructor(code: ReasonCode, params: ReasonParams = {}, options: { cause?: unknown } = {}) {
    const reason = trouble(code, params);
    super(reason.message, options);
    this.reason = reason;
  }
}

/** What is wrong with a backend; it is always tried again. */
export const trouble = (code: ReasonCode, params: ReasonParams = {}): Reason =>
  withMessage({ code, params, retryable: true });

/** What every worker is opened with; durations in milliseconds. */
export const WORKER_OPTIONS = {
  concurrency: 1,
  // A message whose process was killed before it had begun all its items comes back after both of these; items that had been begun,
  // but not claimed, are given another one by the reconciler. One that comes back too soon does no harm: items are claimed in the database.
  lockDuration: 8_000,
  stalledInterval: 4_000,
  // Crashes are counted per item, in the database: BullMQ itself shall never give up on a message.
  maxStalledCount: 1_000_000,
  runRetryDelay: 2_000,
};
