import type { BackendName, QueueView } from '../contracts/queue';
import type { Reason } from '../contracts/reason';

/** Queues by purpose. */
export const QUEUE_NAMES = ['content', 'image', 'video', 'social', 'low-priority'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** A call to work: the ids of some items, nothing else. Everything true is in the database. */
export interface Message {
  /** At least one. A message costs the backend as much for one item as for several. */
  itemIds: number[];
  /** Of the first item, raised each time it is enqueued anew; the same first item and number twice is one message while it lives. */
  sequence: number;
  delayMs?: number;
}

/** Thrown when the backend does not take messages now; the items stay in the database and are enqueued later. */
export class QueueUnavailableError extends Error {
  override name = 'QueueUnavailableError';
}

/** What is asked of a provider's limits before a call. */
export interface LimitRequest {
  maxParallel: number;
  /** Null: no limit. */
  requestsPerMinute: number | null;
  /** Null: no limit. */
  tokensPerMinute: number | null;
  /** What the call is expected to use, sent and received; corrected when it is released. */
  tokens: number;
  /** Longest a call may take; a slot whose holder died is free again after it. Milliseconds. */
  holdMs: number;
}

export type LimitGrant =
  /** `release` frees the slot and tells what the call used; left out: as much as was reserved. */
  | { granted: true; release: (usedTokens?: number) => Promise<void> }
  | { granted: false; retryAfterMs: number; because: 'blocked' | 'parallel' | 'rate' };

/** Limits per provider that hold across all workers of the backend. */
export interface ProviderLimits {
  /** Takes a slot, one of this minute's requests and some of its tokens, or says when to come again. Never waits itself. */
  acquire(provider: string, request: LimitRequest): Promise<LimitGrant>;
  /** Makes every call to the provider wait until then (epoch milliseconds), on every worker. */
  block(provider: string, until: number): Promise<void>;
  unblock(provider: string): Promise<void>;
  /** Epoch milliseconds, or null. */
  blockedUntil(provider: string): Promise<number | null>;
}

export interface QueueState {
  backend: BackendName;
  state: QueueView['state'];
  /** What is wrong and what to do. */
  error: Reason | null;
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
}

/** BullMQ behind one door. */
export interface MessageQueue {
  readonly backend: BackendName;
  readonly limits: ProviderLimits;
  /** Starts connecting, in the background; never throws, never blocks. Safe to call again. */
  start(): void;
  /** Calls back whenever the backend has become ready (again): time to reconcile. Returns the way to stop. */
  onReady(listener: () => void): () => void;
  isReady(): boolean;
  /**
   * Adds messages, at most 500 to a call of the backend.
   * @throws QueueUnavailableError within 2 s when the backend does not take them.
   */
  enqueue(queue: QueueName, messages: Message[]): Promise<void>;
  /**
   * Begins to work on a queue as soon as the backend is ready: on at most `concurrency` items at once, whatever messages they
   * come in. A message is done with when the last of its items has been begun. `handle` never rejects.
   */
  work(queue: QueueName, options: { concurrency: number; handle: (itemId: number) => Promise<void> }): void;
  setConcurrency(queue: QueueName, concurrency: number): void;
  /** Counts over all queues; within 2 s whatever the backend does. */
  state(): Promise<QueueState>;
  /**
   * Takes no new messages, waits for those in hand up to `graceMs`, closes connections.
   * @param enqueuing what may still enqueue; the connections are kept for it. Never rejects.
   */
  close(graceMs: number, enqueuing?: Promise<unknown>): Promise<void>;
}
