import type { FieldValues, ItemUsage } from './item';
import { createJobSchema } from './job';
import type { Reason } from './reason';

/** The most entries a sample is tried on. */
export const MAX_SAMPLE_ENTRIES = 3;

export const sampleSchema = createJobSchema;

/** One entry of a sample: nothing of it is written. */
export interface SampleEntry {
  documentId: string;
  label: string;
  prompt: { system: string | null; user: string } | null;
  values: Record<string, FieldValues & { maxLength: number | null }>;
  /** Why it would be skipped, or what went wrong. */
  error: Reason | null;
  usage: ItemUsage | null;
  durationMs: number;
}
export interface SampleResponse {
  data: {
    entries: SampleEntry[];
    total: number;
    averageCostUsd: number | null;
    averageTokens: number | null;
  };
}
