import type { Core } from '@strapi/strapi';
import type { StoredReason } from '../contracts/reason';
import { updateData, valueAt } from '../domain/field-paths';
import { sameValue } from '../domain/same-value';
import { WorkError } from '../domain/work-error';
import type { Applied } from '../store/claims';
import type { Database, Transaction } from '../store/database';
import type { EntryRows, EntryVersions } from '../store/entry-rows';
import { createCurrentEntries, type CurrentEntry } from './current-entries';
import { documentsOf, hasDrafts, schemaLookup, versionOf } from './documents';
import { countOtherWrites } from './other-writes';
import type { EntryPermissions } from './permissions';
import { isRefusal, refusalParams } from './refusals';
import type { FieldChange, Publication, WriteRequest, WriteResult } from './write-request';

/**
 * How long an entry waits for those that are written with it; milliseconds. SQLite has one connection, which visitors want, too: there
 * fewer go together, so that nobody waits long for them.
 */
const GATHER_MS = 120;
const GATHER_ON_SQLITE_MS = 60;
/** How long entries are held for others that are written with them; milliseconds. */
const LOCKED_TOGETHER_MS = 300;

/** A time as Strapi or the database gives it; now, where there is none. Epoch milliseconds. */
const toTime = (time: unknown): number => {
  const known =
    time === null || time === undefined ? NaN : new Date(time as string | number | Date).getTime();
  return Number.isFinite(known) ? known : Date.now();
};

/** One language of one entry. */
interface VersionAddress {
  contentType: string;
  documentId: string;
  locale: string | null;
}

/** A writing as it is tried. */
interface AskedWriting {
  request: WriteRequest;
  /** Why publishing was refused when it was tried before. */
  refused: StoredReason | null;
}

/** The item was taken over by another worker; what this one did counts for nothing. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
}

/** Strapi did not let the entry be published; nothing of the transaction may stay. */
class PublishRefusedError extends Error {
  constructor(readonly reason: StoredReason) {
    super('Publishing was refused.');
  }
}

export type EntryWriter = ReturnType<typeof createEntryWriter>;

/** Writes entries: compare and write in one transaction, so that a person's words win. */
export function createEntryWriter(
  strapi: Core.Strapi,
  database: Database,
  entryRows: EntryRows,
  permissions: EntryPermissions,
  claims: {
    /** False: one of the items is not ours any more, and nothing may be kept. */
    markApplied(applied: Applied[], transaction: Transaction): Promise<boolean>;
  }
) {
  const lookup = schemaLookup(strapi);
  const otherWrites = countOtherWrites(strapi);
  const currentEntries = createCurrentEntries(strapi, entryRows, permissions);
  const gatherMs = database.client === 'sqlite' ? GATHER_ON_SQLITE_MS : GATHER_MS;

  /** How the draft stands to the published version; null where the type has no drafts. */
  const publicationOf = (
    contentType: string,
    { draftAt, publishedAt }: EntryVersions
  ): Publication | null => {
    const schema = lookup(contentType);
    if (!schema || !hasDrafts(schema)) return null;
    if (publishedAt === null) return 'never';
    return (draftAt ?? 0) > publishedAt ? 'modified' : 'clean';
  };

  /** Why publishing along would not be right; null where it is. */
  const reasonNotToPublish = (
    request: WriteRequest,
    entry: Record<string, unknown>,
    publication: Publication
  ): StoredReason | null => {
    if (!permissions.mayPublish(request.person, request.contentType, entry)) {
      return { code: 'publish_forbidden', params: { person: request.person.name }, retryable: false };
    }
    if (publication === 'never')
      return { code: 'not_published_never_published', params: {}, retryable: false };
    if (publication === 'modified')
      return { code: 'not_published_other_changes', params: {}, retryable: false };
    return null;
  };

  /** @throws PublishRefusedError: the transaction must not be kept, for Strapi has taken the live version away before it looked. */
  const publishNow = async ({ contentType, documentId, locale }: VersionAddress): Promise<void> => {
    try {
      await documentsOf(strapi, contentType).publish({
        documentId,
        ...(versionOf(lookup(contentType), locale).locale ? { locale: locale ?? undefined } : {}),
      });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      throw new PublishRefusedError({
        code: 'publish_failed',
        params: { detail: error.message.slice(0, 300) },
        retryable: true,
      });
    }
  };

  /** @param note takes what the item of a written entry is to be given */
  const write = async (
    { request, refused }: AskedWriting,
    found: CurrentEntry | null,
    transaction: Transaction,
    note: (applied: Applied) => void
  ): Promise<WriteResult> => {
    const { contentType, documentId, locale, person, changes } = request;
    const schema = lookup(contentType);
    if (!schema || !found) return { outcome: 'gone' };
    const { entry: current, versions } = found;
    const paths = changes.map((change) => change.path);
    const documents = documentsOf(strapi, contentType);
    if (!permissions.mayUpdateEntry(person, contentType, current, paths)) return { outcome: 'forbidden' };
    const publication = publicationOf(contentType, versions);
    if (request.wasPublished && publication === 'never') return { outcome: 'moved' };

    const holds = (change: FieldChange, value: unknown): boolean =>
      sameValue(valueAt(current, change.path), value);
    const left = changes
      .filter((change) => !holds(change, change.expected) && !holds(change, change.value))
      .map((change) => change.path);
    const kept = changes.filter((change) => !left.includes(change.path));
    if (left.length > 0 && (!request.partial || kept.length === 0))
      return { outcome: 'conflict', fields: left };

    const missing = kept.filter((change) => !holds(change, change.value));
    let message: StoredReason | null = refused;
    const publishing = request.publish && publication !== null && refused === null;
    if (publishing) message = reasonNotToPublish(request, current, publication);
    let changedAt: unknown = null;
    const writesBefore = otherWrites.count(contentType);
    if (missing.length > 0) {
      const values = Object.fromEntries(missing.map((change) => [change.path, change.value]));
      const updated = await otherWrites.leavingOut(contentType, current.id, () =>
        documents.update({
          documentId,
          ...versionOf(schema, locale),
          data: { ...updateData(current, values), updatedBy: person.id },
        })
      );
      if (!updated) return { outcome: 'gone' };
      changedAt = updated.updatedAt;
    }
    if (publishing && !message) {
      await publishNow(request);
      message = { code: 'published', params: {}, retryable: false };
    }
    const written = kept.map((change) => change.path);
    // A hook of the project may have saved it once more.
    const draftAt =
      otherWrites.count(contentType) === writesBefore
        ? (changedAt ?? versions.draftAt)
        : (await entryRows.lock(contentType, [documentId], [], false, transaction))(documentId, locale)
            .draftAt;
    note(request.applied({ written, message, publication, changedAt: toTime(draftAt) }));
    return { outcome: 'written', written, left, message, changedAt };
  };

  const markApplied = async (applied: Applied[], transaction: Transaction): Promise<void> => {
    if (applied.length > 0 && !(await claims.markApplied(applied, transaction)))
      throw new LeaseLostError('The item belongs to another worker now.');
  };

  /** What is written together is locked, read and noted together, too. What is left of a group that takes long is left out. */
  const writeSome = async (asked: AskedWriting[], transaction: Transaction): Promise<WriteResult[]> => {
    const several = asked.length > 1;
    const requests = asked.map(({ request }) => request);
    const locked = await currentEntries.lock(requests, several, transaction);
    const lockedAt = performance.now();
    const writesAtFirst = new Map(
      requests.map(({ contentType }) => [contentType, otherWrites.count(contentType)])
    );
    const results: WriteResult[] = [];
    const applied: Applied[] = [];
    for (const one of asked) {
      const { request } = one;
      const { contentType } = request;
      // Somebody may wait to save one of those that are locked.
      if (results.length > 0 && performance.now() - lockedAt > LOCKED_TOGETHER_MS) break;
      // A hook of the project may have changed it while its neighbours were written.
      const isAsRead =
        locked.has(request) && otherWrites.count(contentType) === writesAtFirst.get(contentType);
      const current = isAsRead ? locked : await currentEntries.lock([request], several, transaction);
      results.push(await write(one, current.get(request) ?? null, transaction, (note) => applied.push(note)));
    }
    await markApplied(applied, transaction);
    return results;
  };
  const writeGrouped = database.grouped(writeSome);
  const writeAlone = async (asked: AskedWriting): Promise<WriteResult> => {
    const [result] = await database.shared((transaction) => writeSome([asked], transaction));
    if (!result) throw new Error('An entry was neither written nor left alone.');
    return result;
  };

  return {
    /**
     * Writes values where the fields still hold what was expected.
     * @throws LeaseLostError where the item belongs to another worker now; WorkError where Strapi refuses the values
     */
    async write(request: WriteRequest): Promise<WriteResult> {
      const attempt = (refused: StoredReason | null): Promise<WriteResult> =>
        // What was refused once would take back what was written with it. Publishing takes long.
        refused !== null || (request.publish && database.client !== 'sqlite')
          ? writeAlone({ request, refused })
          : writeGrouped({ request, refused }, request.company ? gatherMs : undefined);
      try {
        return await attempt(null).catch((error: unknown) => {
          // The value goes to the draft all the same.
          if (error instanceof PublishRefusedError) return attempt(error.reason);
          throw error;
        });
      } catch (error) {
        const params = refusalParams(error);
        if (params !== null) throw new WorkError('write_refused', params, { cause: error, retryable: true });
        throw error;
      }
    },

    /** Publishes an entry as its draft stands, if that was last changed at `changedAt` (epoch milliseconds). */
    async publish(
      request: Omit<
        WriteRequest,
        'changes' | 'partial' | 'publish' | 'company' | 'wasPublished' | 'applied'
      > & {
        changedAt: number;
        applied: Applied;
      }
    ): Promise<
      | { outcome: 'published' | 'already' }
      | { outcome: 'conflict' | 'gone' | 'forbidden' }
      | { outcome: 'refused'; reason: StoredReason }
    > {
      const { contentType, documentId, locale, person } = request;
      const schema = lookup(contentType);
      if (!schema) return { outcome: 'gone' };
      const work = async (transaction: Transaction) => {
        const versionsOf = await entryRows.lock(contentType, [documentId], [], false, transaction);
        const { draftAt: draftChangedAt, publishedAt } = versionsOf(documentId, locale);
        const conditions = permissions.conditionPopulate(person, contentType);
        const current = await documentsOf(strapi, contentType).findOne({
          documentId,
          ...versionOf(schema, locale),
          fields: ['documentId', ...conditions.fields],
          populate: conditions.populate,
        });
        if (!current) return { outcome: 'gone' as const };
        if (!permissions.mayPublish(person, contentType, current)) return { outcome: 'forbidden' as const };
        const draftAt = draftChangedAt ?? 0;
        const already = publishedAt !== null && draftAt <= publishedAt;
        if (!already && draftAt !== request.changedAt) return { outcome: 'conflict' as const };
        if (!already) {
          await publishNow(request);
          await markApplied([request.applied], transaction);
        }
        return { outcome: already ? ('already' as const) : ('published' as const) };
      };
      try {
        return await database.detached(() => database.transaction(work));
      } catch (error) {
        if (error instanceof PublishRefusedError) return { outcome: 'refused', reason: error.reason };
        throw error;
      }
    },
  };
}
