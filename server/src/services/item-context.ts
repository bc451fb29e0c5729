import type { FieldValues } from '../contracts/item';
import { createBatcher } from '../domain/batcher';
import { createCallSlots } from '../domain/call-slots';
import { valueAt } from '../domain/field-paths';
import { populateFor } from '../domain/placeholders';
import { sameValue } from '../domain/same-value';
import type { SchemaLookup } from '../domain/schema';
import { addUsage } from '../domain/usage';
import { WorkError } from '../domain/work-error';
import type { ActingPerson, EntryPermissions } from '../entries/permissions';
import type { EntryReader } from '../entries/reader';
import type { EntryWriter } from '../entries/writer';
import { faultPoint } from '../fault-points';
import type { ItemContext, RunLimits, WriteOutcome } from '../job-types/job-type';
import type { AttemptClock } from '../queue/attempt-clock';
import type { AttemptRecord, AttemptSignals } from '../queue/run-handler';
import type { Claim } from '../store/claims';
import type { Item } from '../store/item-row';
import { inputKey, type ItemInput } from '../store/items';
import type { Job } from '../store/job-row';
import type { Store } from '../store/store';
import type { AnswerReader } from './answer-reader';
import type { GenerationService } from './generation';

const sameTime = (a: unknown, b: unknown): boolean =>
  new Date(String(a)).getTime() === new Date(String(b)).getTime();

export type ItemContexts = ReturnType<typeof createItemContexts>;

/** Hands a job type what it may see of the world for one item. */
export function createItemContexts(parts: {
  store: Store;
  reader: EntryReader;
  writer: EntryWriter;
  permissions: EntryPermissions;
  generation: GenerationService;
  answers: AnswerReader;
  lookup: SchemaLookup;
}) {
  const { store, reader, writer, permissions, generation, answers, lookup } = parts;
  const slots = createCallSlots();
  /** Items whose calls are made, or wait for the provider's limits: they are likely to be written soon. */
  let generating = 0;

  const doneWith = createBatcher<ItemInput, boolean>({
    waitMs: 3,
    mostKeys: 100,
    run: async (inputs) => {
      const done = await store.items.completedInputs(inputs);
      return inputs.map((input) => done.has(inputKey(input)));
    },
  });

  const sources = createBatcher<number, Item | null>({
    waitMs: 3,
    mostKeys: 100,
    run: async (ids) => {
      const found = new Map((await store.items.findMany(ids)).map((item) => [item.id, item]));
      return ids.map((id) => found.get(id) ?? null);
    },
  });

  const undone = createBatcher<{ itemId: number; writtenUntil: number }, true>({
    waitMs: 3,
    mostKeys: 100,
    run: async (taken) => {
      await store.items.markUndone(taken);
      return taken.map(() => true as const);
    },
  });

  /** The starter with the rights of now; the job pauses where they are gone. */
  const actingPerson = async (job: Job): Promise<ActingPerson> => {
    const person = job.starterId === null ? null : await permissions.actingPerson(job.starterId);
    if (!person?.active)
      throw new WorkError('starter_inactive', { person: job.starterName }, { trouble: 'credentials' });
    if (!permissions.mayUpdateType(person, job.contentType)) {
      const contentType = lookup(job.contentType)?.info.displayName ?? job.contentType;
      throw new WorkError(
        'starter_forbidden',
        { person: job.starterName, contentType },
        { trouble: 'credentials' }
      );
    }
    return person;
  };

  /**
   * Reads the entry again: null where it holds what was written, else what somebody has done to it since.
   * @throws WorkError where the saving itself did not keep the values
   */
  const readBack = async (
    item: Claim['item'],
    values: Record<string, unknown>,
    changedAt: unknown,
    record: AttemptRecord,
    again = true
  ): Promise<WriteOutcome | null> => {
    const plan = populateFor(Object.keys(values), lookup, item.contentType);
    const entry = await reader.read(
      item.contentType,
      item.locale,
      { ...plan, fields: [...plan.fields, 'updatedAt'], alone: true },
      item.documentId
    );
    if (!entry) return { outcome: 'gone' };
    const fields = Object.entries(values)
      .filter(([path, value]) => !sameValue(valueAt(entry.data, path), value))
      .map(([path]) => path);
    if (fields.length === 0) return null;
    if (!sameTime(entry.data.updatedAt, changedAt)) return { outcome: 'conflict', fields };
    // Components are read a little later than the entry's own row: somebody's saving may have come in between.
    if (again) return readBack(item, values, changedAt, record, false);
    // The project changed the text on saving: what stands there now is what an undo has to look for.
    for (const path of fields) {
      const known = record.values?.[path];
      if (known)
        record.values = {
          ...record.values,
          [path]: { ...known, written: valueAt(entry.data, path) ?? null },
        };
    }
    throw new WorkError('write_not_kept', { fields: fields.join(', ') }, { retryable: true });
  };

  /** A value that Strapi refused would be refused again: the next try asks the model anew. */
  const withNewReplyOnRefusal = async <Result>(
    { item, lease }: Claim,
    work: () => Promise<Result>
  ): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof WorkError && error.reason.code === 'write_refused')
        await store.replies.reject(item.id, lease);
      throw error;
    }
  };

  return {
    async contextFor(
      job: Job,
      claim: Claim,
      { stop: signal, pause, stillOurs }: AttemptSignals,
      limits: RunLimits,
      record: AttemptRecord,
      clock: AttemptClock
    ): Promise<ItemContext<unknown>> {
      const { item, lease } = claim;
      const person = await actingPerson(job);
      const base = { contentType: item.contentType, documentId: item.documentId, locale: item.locale };

      return {
        item: {
          ...base,
          id: item.id,
          label: item.label,
          values: item.values,
          appliedAt: item.appliedAt,
          message: item.message,
        },
        settings: job.settings,
        person: { id: person.id, name: person.name },
        selection: job.selection,
        lookup,
        signal,
        read: (plan) => reader.read(item.contentType, item.locale, plan, item.documentId),
        mayWrite: async (entry, paths) =>
          permissions.mayUpdateEntry(await actingPerson(job), item.contentType, entry.data, paths),
        conditionPlan: async () => permissions.conditionPopulate(person, item.contentType),

        async write(change) {
          signal.throwIfAborted();
          record.writing = true;
          record.values = change.values;
          const result = await withNewReplyOnRefusal({ item, lease }, async () =>
            writer.write({
              ...base,
              person: await actingPerson(job),
              changes: Object.entries(change.values).map(([path, value]) => ({
                path,
                expected: value.before,
                value: value.proposed,
              })),
              partial: change.partial,
              wasPublished: change.wasPublished,
              publish: change.publish,
              company: generating > 0,
              applied: ({ written, message, publication, changedAt }) => {
                const values: Record<string, FieldValues> = {};
                for (const [path, value] of Object.entries(change.values)) {
                  values[path] = { ...value, written: written.includes(path) ? value.proposed : null };
                }
                record.values = values;
                faultPoint('entry written, not committed', item.documentId);
                const fingerprint = change.fingerprint ?? null;
                return { itemId: item.id, lease, values, message, publication, fingerprint, at: changedAt };
              },
            })
          );
          if (result.outcome !== 'written') {
            // A transaction that was taken back may have noted what it would have written.
            record.values = change.values;
            return result;
          }
          record.stored = record.values;
          faultPoint('entry applied', item.documentId);
          const values = result.written.map((path) => [path, change.values[path]?.proposed ?? null]);
          return (await readBack(item, Object.fromEntries(values), result.changedAt, record)) ?? result;
        },

        publish: async (changedAt) => {
          signal.throwIfAborted();
          record.writing = true;
          return writer.publish({
            ...base,
            person: await actingPerson(job),
            changedAt,
            applied: {
              itemId: item.id,
              lease,
              values: {},
              message: null,
              publication: null,
              fingerprint: null,
              at: Date.now(),
            },
          });
        },

        async generate(request) {
          const ended = AbortSignal.any([signal, pause]);
          const giveBack = await clock.excluding(() =>
            slots.take(job.type, limits.concurrency, job.key, ended)
          );
          generating += 1;
          let over = false;
          const leave = (): void => {
            if (!over) generating -= 1;
            over = true;
            giveBack();
          };
          // A provider that does not heed the signal shall not keep the place of others.
          signal.addEventListener('abort', leave, { once: true });
          try {
            return await generation.generate(request, {
              purpose: 'item',
              jobKey: job.key,
              jobResumes: job.resumes,
              itemId: item.id,
              personId: job.starterId,
              mayHaveReply: item.attempts > 0 || item.crashes > 0 || item.sequence > 1,
              deadlineAt: clock.deadlineAt(),
              signal,
              pause,
              stillWanted: stillOurs,
              untimed: (wait) => clock.excluding(wait),
              onUsage: (usage) => addUsage(record.usage, usage),
            });
          } finally {
            signal.removeEventListener('abort', leave);
            leave();
          }
        },
        readAnswer: answers.read,
        explainReply: (reason) => store.replies.explain(item.id, lease, reason),
        rejectReplies: () => store.replies.reject(item.id, lease),
        wasDoneWith: (fingerprint) =>
          doneWith.load({
            fingerprint,
            contentType: item.contentType,
            documentId: item.documentId,
            locale: item.locale,
          }),

        async source() {
          const source = item.sourceItemId === null ? null : await sources.load(item.sourceItemId);
          return source
            ? {
                id: source.id,
                values: source.values,
                appliedAt: source.appliedAt,
                undoneAt: source.undoneAt,
                published: source.message?.code === 'published',
                publication: source.publication,
              }
            : null;
        },
        async markSourceUndone(writtenUntil) {
          if (item.sourceItemId !== null) await undone.load({ itemId: item.sourceItemId, writtenUntil });
        },
        progress: (share) => store.claims.showProgress(item.id, lease, Math.min(1, Math.max(0, share))),
      };
    },
  };
}
