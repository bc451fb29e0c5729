import { withDetail, type ReasonCode, type ReasonParams, type StoredReason } from '../contracts/reason';
import { isWorkError, WorkError } from '../domain/work-error';
import type { JobTypeRegistry } from '../job-types/registry';
import {
  QueryRefusedError,
  type EntryQuery,
  type EntrySelections,
  type FoundEntry,
} from '../entries/selections';
import type { ActingPerson, EntryPermissions } from '../entries/permissions';
import { standing } from '../store/items';
import type { NewItem } from '../store/listing';
import type { Job } from '../store/job-row';
import type { Store } from '../store/store';

export type ListingService = ReturnType<typeof createListingService>;

/** What a chunk of a job's listing gives. */
interface ListedChunk {
  items: NewItem[];
  cursor: number;
  done: boolean;
}

const SOURCE_CHUNK = 500;
/** Between tries at a listing that fails; doubled each time. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** After a chunk, however long it took. */
const MOST_REST_MS = 250;

/** A driver's message begins with the whole statement, which is nothing to show. */
function troubleDetail(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const isDriver = error instanceof Error && 'code' in error;
  return (isDriver ? (message.split(' - ').at(-1) ?? message) : message).slice(0, 300);
}

const listingFailed = (params: ReasonParams): StoredReason => ({
  code: 'listing_failed',
  params,
  retryable: true,
});

const cannotList = (why: ReasonCode): WorkError =>
  new WorkError('listing_failed', withDetail({}, why), { retryable: true });

/** Writes a job's items in chunks, each a transaction, from where the last one came to. */
export function createListingService(parts: {
  store: Store;
  selections: EntrySelections;
  permissions: EntryPermissions;
  jobTypes: JobTypeRegistry;
  /** A chunk of items is there to be worked on. */
  onListed: (job: Job) => void;
  /** A listing that has failed for so long is given up. */
  giveUpAfterMs: number;
  logger: { warn(message: string): void };
}) {
  const { store, selections, permissions, jobTypes } = parts;
  /** Jobs whose listing fails in this process: since when, how often, and when it is tried again. */
  const troubles = new Map<number, { since: number; tries: number; nextAt: number }>();

  const toItem = (
    job: Job,
    entry: { documentId: string; locale: string | null; label: string; writable: boolean }
  ): NewItem => ({
    documentId: entry.documentId,
    locale: entry.locale,
    contentType: job.contentType,
    label: entry.label,
    status: entry.writable ? 'pending' : 'skipped',
    reason: entry.writable
      ? null
      : { code: 'entry_forbidden', params: { person: job.starterName }, retryable: false },
    sourceItemId: null,
  });

  /** @throws WorkError where the account is gone */
  const starterOf = async (job: Job): Promise<ActingPerson> => {
    const person = job.starterId === null ? null : await permissions.actingPerson(job.starterId);
    if (person) return person;
    throw cannotList('detail_starter_gone');
  };

  const fieldsOf = (job: Job): string[] => jobTypes.get(job.type)?.writes(job.settings) ?? [];

  /** Items for entries named by their ids, in that order: each is there and may be written, or is skipped. */
  const itemsOf = async (
    job: Job,
    named: { documentId: string; label: string; sourceItemId: number | null }[]
  ): Promise<NewItem[]> => {
    if (named.length === 0) return [];
    const { locale } = job.selection;
    const { entries } = await selections.chunk(
      await starterOf(job),
      {
        contentType: job.contentType,
        locale,
        documentIds: named.map(({ documentId }) => documentId),
        status: null,
        filters: null,
        search: null,
        labelField: job.labelField,
      },
      fieldsOf(job),
      0,
      null,
      named.length + 1
    );
    const found = new Map(entries.map((entry) => [entry.documentId, entry]));
    return named.map(({ documentId, label, sourceItemId }) => {
      const entry = found.get(documentId);
      if (entry) return { ...toItem(job, entry), sourceItemId };
      return {
        documentId,
        locale,
        contentType: job.contentType,
        label,
        status: 'skipped',
        reason: { code: 'entry_gone', params: {}, retryable: false },
        sourceItemId,
      };
    });
  };

  /** Entries whose draft was discarded while the job was listed: the new one has a row of its own, behind the last one. */
  const replacedMeanwhile = async (
    job: Job,
    person: ActingPerson,
    query: EntryQuery
  ): Promise<FoundEntry[]> => {
    if (job.listLastId === null) return [];
    const documentIds = await store.entryRows.draftsReplacedAfter(
      job.contentType,
      query.locale,
      job.listLastId
    );
    if (documentIds.length === 0) return [];
    const limit = documentIds.length + 1;
    return (await selections.chunk(person, { ...query, documentIds }, fieldsOf(job), 0, null, limit)).entries;
  };

  /** Null: it cannot be told yet. */
  const nextChunk = async (job: Job, cursor: number): Promise<ListedChunk | null> => {
    const { selection } = job;
    if (selection.kind === 'job') {
      const source = await store.jobs.find(selection.jobId);
      if (!source) throw cannotList('detail_source_job_gone');
      // What is still in hand may yet write its entry, and would be missed.
      if (job.type === 'undo' && selection.itemId === null && source.counts.processing > 0) return null;
      const found = await store.items.listAfter(source.key, cursor, SOURCE_CHUNK, (query) => {
        const written = job.type === 'undo' || job.type === 'publish-items' ? standing(query) : query;
        return selection.itemId === null ? written : written.where({ id: selection.itemId });
      });
      return {
        // What people can start writes anew: the entry is looked at as if it had been selected.
        items: jobTypes.get(job.type)?.startable
          ? await itemsOf(
              job,
              found.map(({ documentId, label, id }) => ({ documentId, label, sourceItemId: id }))
            )
          : found.map((item) => ({
              documentId: item.documentId,
              locale: item.locale,
              contentType: item.contentType,
              label: item.label,
              status: 'pending',
              reason: null,
              sourceItemId: item.id,
            })),
        cursor: found.at(-1)?.position ?? cursor,
        done: found.length < SOURCE_CHUNK,
      };
    }
    if (selection.kind === 'query') {
      const { contentType, locale, status, filters, search } = selection;
      const { labelField } = job;
      const query = { contentType, locale, documentIds: null, status, filters, search, labelField };
      const person = await starterOf(job);
      const found = await selections.chunk(person, query, fieldsOf(job), cursor, job.listLastId);
      const late = found.done ? await replacedMeanwhile(job, person, query) : [];
      return {
        items: [...found.entries, ...late].map((entry) => toItem(job, entry)),
        cursor: found.cursor,
        done: found.done,
      };
    }
    const ids = await store.listing.selectedIds(job.key, cursor + 1);
    if (!ids) return { items: [], cursor, done: true };
    return {
      items: await itemsOf(
        job,
        ids.map((documentId) => ({ documentId, label: documentId, sourceItemId: null }))
      ),
      cursor: cursor + 1,
      done: false,
    };
  };

  /** Why a listing is over for good; null: it may work the next time. */
  const finalReason = (error: unknown): StoredReason | null => {
    if (isWorkError(error)) return error.reason;
    return error instanceof QueryRefusedError ? listingFailed(error.params) : null;
  };

  /** Fails a job whose listing is over; what was listed ends first, and is lost to nobody. */
  const giveUp = async (job: Job, reason: StoredReason): Promise<void> => {
    const state = await store.jobs.countsOf(job.key);
    if (state && state.counts.pending + state.counts.processing > 0) {
      const { since, tries } = troubles.get(job.key) ?? { since: Date.now(), tries: 0 };
      troubles.set(job.key, { since, tries, nextAt: Date.now() + FIRST_PAUSE_MS });
      await store.jobs.explainListing(job.key, reason);
      return;
    }
    troubles.delete(job.key);
    if (await store.jobs.move(job.key, 'failed', { reason, endedAt: new Date() }))
      await store.events.add(job.key, 'failed', null, reason);
  };

  /** Another try after a while, with the reason at the job meanwhile; after long, none. */
  const noteTrouble = async (job: Job, error: unknown): Promise<void> => {
    const detail = troubleDetail(error);
    const trouble = troubles.get(job.key) ?? { since: Date.now(), tries: 0, nextAt: 0 };
    trouble.tries += 1;
    trouble.nextAt = Date.now() + Math.min(FIRST_PAUSE_MS * 2 ** (trouble.tries - 1), LONGEST_PAUSE_MS);
    troubles.set(job.key, trouble);
    parts.logger.warn(`AI Jobs: job ${job.id} could not be listed (try ${trouble.tries}): ${detail}`);
    if (trouble.tries > 1 && Date.now() - trouble.since > parts.giveUpAfterMs)
      await giveUp(job, listingFailed(withDetail({ said: detail }, 'detail_technical')));
    else
      await store.jobs.explainListing(job.key, {
        code: 'listing_delayed',
        params: { detail },
        retryable: true,
      });
  };

  /** Lists from where the last chunk came to. */
  const listChunks = async (job: Job, stop: AbortSignal): Promise<void> => {
    let cursor = job.listCursor;
    while (!stop.aborted) {
      const startedAt = performance.now();
      const chunk = await nextChunk(job, cursor);
      if (!chunk) return;
      const written = await store.listing.insertChunk(job.key, chunk.items, {
        from: cursor,
        to: chunk.cursor,
        listed: chunk.done,
      });
      if (!written) return;
      troubles.delete(job.key);
      cursor = chunk.cursor;
      parts.onListed(job);
      if (chunk.done) return;
      // What was listed is begun, and the site's visitors are served, before the next chunk: half of the time is theirs.
      const restMs = Math.min(MOST_REST_MS, performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  };

  return {
    /**
     * Lists until there is nothing more, the job or this process stops, it has to wait, or another process goes on with it.
     * What goes wrong is tried again after growing pauses, told at the job meanwhile, and given up after a time.
     */
    async list(job: Job, stop: AbortSignal): Promise<void> {
      if (Date.now() < (troubles.get(job.key)?.nextAt ?? 0)) return;
      try {
        await listChunks(job, stop);
      } catch (error) {
        // A database that is being closed is no trouble of the job's.
        if (stop.aborted) return;
        const reason = finalReason(error);
        if (reason) await giveUp(job, reason);
        else await noteTrouble(job, error);
      }
    },
  };
}
