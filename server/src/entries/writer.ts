import type { Core } from '@strapi/strapi';
import type { StoredReason } from '../contracts/reason';
import { sameValue } from '../domain/same-value';
import { WorkError } from '../domain/work-error';
import type { Database, Transaction } from '../store/database';
import type { EntryRows } from '../store/entry-rows';
import { documentsOf, hasDrafts, schemaLookup, versionOf } from './documents';
import { planFor, updateData, valueAt } from '../domain/field-paths';
import type { ActingPerson, EntryPermissions } from './permissions';

/** A value to write, and what the field must still hold for it. */
export interface FieldChange {
  path: string;
  expected: unknown;
  value: unknown;
}

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
  /** Runs last in the transaction that writes; false: the item is not ours any more, nothing is written. */
  settleWithin(
    result: { written: string[]; message: StoredReason | null },
    transaction: Transaction
  ): Promise<boolean>;
}

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

/** The item was taken over by another worker; what this one did counts for nothing. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
}

const isRefusal = (error: unknown): error is Error =>
  error instanceof Error &&
  ['ValidationError', 'YupValidationError', 'ApplicationError', 'ForbiddenError', 'PolicyError'].includes(
    error.name
  );

const tooLongOrNotNull = (error: unknown): error is Error =>
  error instanceof Error &&
  'code' in error &&
  [
    '22001',
    '23502',
    '23505',
    '22P02',
    'ER_DATA_TOO_LONG',
    'ER_DUP_ENTRY',
    'SQLITE_CONSTRAINT',
    'SQLITE_CONSTRAINT_UNIQUE',
  ].includes(String(error.code));

export type EntryWriter = ReturnType<typeof createEntryWriter>;

/** Writes entries: compare and write in one transaction, so that a person's words win. */
export function createEntryWriter(
  strapi: Core.Strapi,
  database: Database,
  entryRows: EntryRows,
  permissions: EntryPermissions
) {
  const lookup = schemaLookup(strapi);

  /** Whether publishing along is right, or why it is not done. */
  const publicationNote = async (
    request: WriteRequest,
    transaction: Transaction,
    entry: Record<string, unknown>
  ): Promise<StoredReason | null> => {
    const { contentType, documentId, locale, person } = request;
    if (!permissions.mayPublish(person, contentType, entry)) {
      return { code: 'publish_forbidden', params: { person: person.name }, retryable: false };
    }
    const versions = (await entryRows.versions(contentType, [documentId], locale, transaction)).get(
      documentId
    );
    if (!versions || versions.publishedAt === null)
      return { code: 'not_published_never_published', params: {}, retryable: false };
    if ((versions.draftAt ?? 0) > versions.publishedAt)
      return { code: 'not_published_other_changes', params: {}, retryable: false };
    return null;
  };

  const publishNow = async (request: WriteRequest): Promise<StoredReason> => {
    const { contentType, documentId, locale } = request;
    try {
      await documentsOf(strapi, contentType).publish({
        documentId,
        ...(versionOf(lookup(contentType), locale).locale ? { locale: locale ?? undefined } : {}),
      });
      return { code: 'published', params: {}, retryable: false };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { code: 'publish_failed', params: { detail: error.message.slice(0, 300) }, retryable: true };
    }
  };

  const write = async (request: WriteRequest, transaction: Transaction): Promise<WriteResult> => {
    const { contentType, documentId, locale, person, changes } = request;
    const schema = lookup(contentType);
    if (!schema) return { outcome: 'gone' };
    await entryRows.lock(contentType, documentId, transaction);
    const conditions = permissions.conditionPopulate(person, contentType);
    const plan = planFor(changes.map((change) => change.path));
    const documents = documentsOf(strapi, contentType);
    const current = await documents.findOne({
      documentId,
      ...versionOf(schema, locale),
      fields: ['documentId', ...plan.fields, ...conditions.fields],
      populate: { ...conditions.populate, ...plan.populate },
    });
    if (!current) return { outcome: 'gone' };
    const paths = changes.map((change) => change.path);
    if (!permissions.mayUpdateEntry(person, contentType, current, paths)) return { outcome: 'forbidden' };
    if (request.wasPublished && hasDrafts(schema)) {
      const versions = (await entryRows.versions(contentType, [documentId], locale, transaction)).get(
        documentId
      );
      if (!versions || versions.publishedAt === null) return { outcome: 'moved' };
    }

    const holds = (change: FieldChange, value: unknown): boolean =>
      sameValue(valueAt(current, change.path), value);
    const left = changes
      .filter((change) => !holds(change, change.expected) && !holds(change, change.value))
      .map((change) => change.path);
    const kept = changes.filter((change) => !left.includes(change.path));
    if (left.length > 0 && (!request.partial || kept.length === 0))
      return { outcome: 'conflict', fields: left };

    const missing = kept.filter((change) => !holds(change, change.value));
    let message: StoredReason | null = null;
    const publishing = request.publish && hasDrafts(schema);
    if (publishing) message = await publicationNote(request, transaction, current);
    let changedAt: unknown = null;
    if (missing.length > 0) {
      const updated = await documents.update({
        documentId,
        ...versionOf(schema, locale),
        data: {
          ...updateData(current, Object.fromEntries(missing.map((change) => [change.path, change.value]))),
          updatedBy: person.id,
        },
      });
      if (!updated) return { outcome: 'gone' };
      changedAt = updated.updatedAt;
    }
    if (publishing && !message) message = await publishNow(request);
    const written = kept.map((change) => change.path);
    if (!(await request.settleWithin({ written, message }, transaction)))
      throw new LeaseLostError('The item belongs to another worker now.');
    return { outcome: 'written', written, left, message, changedAt };
  };

  return {
    /**
     * Writes values where the fields still hold what was expected.
     * @throws LeaseLostError where the item belongs to another worker now; WorkError where Strapi refuses the values
     */
    async write(request: WriteRequest): Promise<WriteResult> {
      try {
        return await database.detached(() =>
          database.transaction((transaction) => write(request, transaction))
        );
      } catch (error) {
        if (isRefusal(error) || tooLongOrNotNull(error)) {
          throw new WorkError(
            'write_refused',
            { detail: error.message.slice(0, 300) },
            { cause: error, retryable: true }
          );
        }
        throw error;
      }
    },

    /** Publishes an entry as its draft stands, if nobody has changed the draft since `notAfter` (epoch milliseconds). */
    async publish(
      request: Omit<WriteRequest, 'changes' | 'partial' | 'publish' | 'wasPublished'> & { notAfter: number }
    ): Promise<
      | { outcome: 'published' | 'already' }
      | { outcome: 'conflict' | 'gone' | 'forbidden' }
      | { outcome: 'refused'; reason: StoredReason }
    > {
      const { contentType, documentId, locale, person } = request;
      const schema = lookup(contentType);
      if (!schema) return { outcome: 'gone' };
      return database.detached(() =>
        database.transaction(async (transaction) => {
          await entryRows.lock(contentType, documentId, transaction);
          const conditions = permissions.conditionPopulate(person, contentType);
          const current = await documentsOf(strapi, contentType).findOne({
            documentId,
            ...versionOf(schema, locale),
            fields: ['documentId', ...conditions.fields],
            populate: conditions.populate,
          });
          if (!current) return { outcome: 'gone' as const };
          if (!permissions.mayPublish(person, contentType, current)) return { outcome: 'forbidden' as const };
          const versions = (await entryRows.versions(contentType, [documentId], locale, transaction)).get(
            documentId
          );
          const draftAt = versions?.draftAt ?? 0;
          const already =
            versions?.publishedAt !== null &&
            versions !== undefined &&
            draftAt <= (versions.publishedAt ?? 0);
          if (!already && draftAt > request.notAfter) return { outcome: 'conflict' as const };
          let outcome: 'already' | 'published' = 'already';
          if (!already) {
            const note = await publishNow({
              ...request,
              changes: [],
              partial: false,
              publish: true,
              wasPublished: false,
            });
            if (note.code !== 'published') return { outcome: 'refused' as const, reason: note };
            outcome = 'published';
          }
          if (!(await request.settleWithin({ written: [], message: null }, transaction))) {
            throw new LeaseLostError('The item belongs to another worker now.');
          }
          return { outcome };
        })
      );
    },
  };
}
