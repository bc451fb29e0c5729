import { z } from 'zod';
import type { ProblemCode } from './problem';

/** The most ids one selection may carry; more is what a filter is for. */
export const MAX_SELECTED_IDS = 10_000;

export const uid = z
  .string()
  .regex(/^[\w-]+::[\w.-]+$/, 'uid_malformed' satisfies ProblemCode)
  .max(120);
const locale = z.string().min(1).max(35);
const plainObject = z.record(z.string(), z.unknown());

/** Where the Content Manager's list of a type stands, as its status filter names it. */
export const PUBLICATION_STATUSES = [
  'draft',
  'published',
  'published-modified',
  'published-unmodified',
] as const;

const selectionByIds = z.strictObject({
  contentType: uid,
  locale: locale.optional(),
  documentIds: z
    .array(z.string().min(1).max(64))
    .max(MAX_SELECTED_IDS, 'too_many_picked' satisfies ProblemCode),
});

const selectionByQuery = z.strictObject({
  contentType: uid,
  locale: locale.optional(),
  status: z.enum(PUBLICATION_STATUSES).optional(),
  /** Strapi's filters, as in the Content Manager's address. */
  filters: plainObject.optional(),
  /** The Content Manager's search (`_q`). */
  search: z.string().max(500).optional(),
});

export type SelectionByIds = z.infer<typeof selectionByIds>;
export type Selection = SelectionByIds | z.infer<typeof selectionByQuery>;

/**
 * Which entries: up to 10,000 ids, or a list query as the Content Manager knows it. Not a union: what is wrong is told
 * of the kind that was meant.
 */
export const selectionSchema = z.unknown().transform((value, context): Selection => {
  const isByIds = typeof value === 'object' && value !== null && 'documentIds' in value;
  const result = (isByIds ? selectionByIds : selectionByQuery).safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) context.issues.push({ ...issue, input: undefined });
  return z.NEVER;
});

/** True where the selection names its entries one by one. */
export function isSelectionByIds(selection: Selection): selection is SelectionByIds {
  return 'documentIds' in selection;
}

/** A selection as a job keeps and shows it: never with the ids. */
export type FrozenSelection =
  | { kind: 'ids'; contentType: string; locale: string | null; count: number }
  | {
      kind: 'query';
      contentType: string;
      locale: string | null;
      status: (typeof PUBLICATION_STATUSES)[number] | null;
      filters: Record<string, unknown> | null;
      search: string | null;
    }
  | { kind: 'job'; contentType: string; locale: string | null; jobId: string; itemId: number | null };

export interface SelectionCountResponse {
  data: { total: number; forbidden: number; exampleLabels: string[] };
}
