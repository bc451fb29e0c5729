import { InvalidInputError } from '../domain/invalid-input';
import type { JobTypeRegistry } from '../job-types/registry';
import type { EntryQuery, EntrySelections } from '../entries/selections';
import type { EntryPermissions } from '../entries/permissions';
import type { NewItem } from '../store/listing';
import type { Job } from '../store/jobs';
import type { Store } from '../store/store';

export type ListingService = ReturnType<typeof createListingService>;

/** What a chunk of a job's listing gives. */
interface ListedChunk {
  items: NewItem[];
  cursor: number;
  done: boolean;
}

const SOURCE_CHUNK = 500;

/** Writes a job's items in chunks, each a transaction, from where the last one came to. */
export function createListingService(parts: {
  store: Store;
  selections: EntrySelections;
  permissions: EntryPermissions;
  jobTypes: JobTypeRegistry;
  /** A chunk of items is there to be worked on. */
  onListed: (job: Job) => void;
}) {
  const { store, selections, permissions, jobTypes } = parts;

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

  /** Null: it cannot be told yet. */
  const nextChunk = async (job: Job, cursor: number): Promise<ListedChunk | null> => {
    const { selection } = job;
    if (selection.kind === 'job') {
      const source = await store.jobs.find(selection.jobId);
      if (!source) return { items: [], cursor, done: true };
      // What is still in hand may yet write its entry, and would be missed.
      if (job.type === 'undo' && selection.itemId === null && source.counts.processing > 0) return null;
      const found = await store.items.listAfter(source.key, cursor, SOURCE_CHUNK, (query) => {
        const written =
          job.type === 'undo' || job.type === 'publish-items'
            ? query.whereNotNull('applied_at').whereNull('undone_at')
            : query;
        return selection.itemId === null ? written : written.where({ id: selection.itemId });
      });
      return {
        items: found.map((item) => ({
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
    const person = job.starterId === null ? null : await permissions.actingPerson(job.starterId);
    if (!person)
      throw new InvalidInputError([
        { path: [], message: 'The person who started the job has no account any more.' },
      ]);
    const fields = jobTypes.get(job.type)?.writes(job.settings) ?? [];
    const query: EntryQuery = {
      contentType: job.contentType,
      locale: selection.locale,
      documentIds: null,
      status: selection.kind === 'query' ? selection.status : null,
      filters: selection.kind === 'query' ? selection.filters : null,
      search: selection.kind === 'query' ? selection.search : null,
    };
    if (selection.kind === 'query') {
      const {
        entries,
        cursor: next,
        done,
      } = await selections.chunk(person, query, fields, cursor, job.listLastId);
      return { items: entries.map((entry) => toItem(job, entry)), cursor: next, done };
    }
    const ids = await store.listing.selectedIds(job.key, cursor + 1);
    if (!ids) return { items: [], cursor, done: true };
    const { entries } = await selections.chunk(
      person,
      { ...query, documentIds: ids },
      fields,
      0,
      null,
      ids.length + 1
    );
    const found = new Map(entries.map((entry) => [entry.documentId, entry]));
    return {
      items: ids.map((documentId) => {
        const entry = found.get(documentId);
        if (entry) return toItem(job, entry);
        return {
          documentId,
          locale: selection.locale,
          contentType: job.contentType,
          label: documentId,
          status: 'skipped',
          reason: { code: 'entry_gone', params: {}, retryable: false },
          sourceItemId: null,
        };
      }),
      cursor: cursor + 1,
      done: false,
    };
  };

  return {
    /** Lists until there is nothing more, the job stops, it has to wait, or another process goes on with it. */
    async list(job: Job): Promise<void> {
      let cursor = job.listCursor;
      for (;;) {
        let chunk: ListedChunk | null;
        try {
          chunk = await nextChunk(job, cursor);
        } catch (error) {
          const detail = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
          if (
            error instanceof Error &&
            ['InvalidInputError', 'ValidationError', 'YupValidationError'].includes(error.name)
          ) {
            await store.jobs.move(job.key, 'failed', {
              reason: { code: 'listing_failed', params: { detail }, retryable: false },
              endedAt: new Date(),
            });
            await store.events.add(job.key, 'failed', null, {
              code: 'listing_failed',
              params: { detail },
              retryable: false,
            });
            return;
          }
          throw error;
        }
        if (!chunk) return;
        const written = await store.listing.insertChunk(job.key, chunk.items, {
          from: cursor,
          to: chunk.cursor,
          listed: chunk.done,
        });
        if (!written) return;
        cursor = chunk.cursor;
        parts.onListed(job);
        if (chunk.done) return;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
