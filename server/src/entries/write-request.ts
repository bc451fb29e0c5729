import type { StoredReason } from '../contracts/reason';
import type { Applied } from '../store/claims';
import type { ActingPerson } from './permissions';

/** A value to write, and what the field must still hold for it. */
export interface FieldChange {
  path: string;
  expected: unknown;
  value: unknown;
}

/** Before it was written: the draft is as published, holds other changes, or was never published. */
export type Publication = 'clean' | 'modified' | 'never';

/** What is to be written to an entry, for whom, and under which conditions. */
export interface WriteRequest {
  contentType: string;
  documentId: string;
  locale: string | null;
  person: ActingPerson;
  changes: FieldChange[];
  /** Leave out the fields that hold something else, instead of writing nothing at all. */
  partial: boolean;
  /** A published version stood beside the draft when it was read. */
  wasPublished: boolean;
  publish: boolean;
  /** Others are likely to be written soon: it is worth a moment to write this one with them. */
  company: boolean;
  /** What is to be noted at the item, in the transaction that writes the entry. */
  applied(result: {
    written: string[];
    message: StoredReason | null;
    publication: Publication | null;
    /** When the entry was last changed, as it stands then; epoch milliseconds. */
    changedAt: number;
  }): Applied;
}

/** What became of it. */
export type WriteResult =
  | {
      outcome: 'written';
      written: string[];
      left: string[];
      message: StoredReason | null;
      /** The entry's own time of change after it, as Strapi gives it; null where it held everything already. */
      changedAt: unknown;
    }
  | { outcome: 'conflict'; fields: string[] }
  | { outcome: 'moved' }
  | { outcome: 'gone' }
  | { outcome: 'forbidden' };
