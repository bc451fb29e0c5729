/** Where a job stands. The design's state table says how each is left. */
export const JOB_STATUSES = ['pending', 'processing', 'paused', 'completed', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** Where an item stands. Every item has exactly one; a job's counts are always their sum. */
export const ITEM_STATUSES = [
  'pending',
  'processing',
  'review',
  'completed',
  'failed',
  'skipped',
  'conflict',
  'cancelled',
] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

/** Items per status, and their sum. */
export type Counts = Record<ItemStatus, number> & { total: number };
