import type { CreateJobBody } from '../contracts/job';
import type { TitleCode } from '../contracts/job-title';
import { problem } from '../contracts/problem';
import { InvalidInputError, MissingError, problemAt } from '../domain/invalid-input';
import type { SchemaLookup } from '../domain/schema';
import type { ActingPerson } from '../entries/permissions';
import type { EntrySelections } from '../entries/selections';
import { faultPoint } from '../fault-points';
import type { JobTypeRegistry } from '../job-types/registry';
import type { Job } from '../store/job-row';
import type { Store } from '../store/store';
import {
  frozenSelection,
  withSelectionErrors,
  type JobPreparation,
  type PreparedJob,
} from './job-preparation';
import type { PromptService } from './prompts';

const startTime = (startAt: string | undefined): Date | null => {
  const time = startAt === undefined ? null : new Date(startAt);
  return time !== null && time.getTime() > Date.now() ? time : null;
};

export type JobCreation = ReturnType<typeof createJobCreation>;

/** Makes jobs: written whole before anything else happens. */
export function createJobCreation(parts: {
  store: Store;
  lookup: SchemaLookup;
  jobTypes: JobTypeRegistry;
  selections: EntrySelections;
  prompts: PromptService;
  preparation: JobPreparation;
  onCreated: () => void;
}) {
  const { store, lookup, jobTypes, selections, prompts, preparation } = parts;

  const titleOf = async (body: CreateJobBody, prepared: PreparedJob): Promise<string> => {
    if (body.title) return body.title;
    const contentType = lookup(prepared.query.contentType)?.info.displayName ?? prepared.query.contentType;
    const prompt =
      prepared.promptId === null ? null : ((await prompts.find(prepared.promptId))?.name ?? null);
    return prepared.type.title(prepared.settings, { contentType, prompt }).slice(0, 200);
  };

  /** It was asked for before; whoever did may not have lived to begin it. */
  const found = (job: Job): { job: Job; created: false } => {
    parts.onCreated();
    return { job, created: false };
  };

  return {
    /** @throws InvalidInputError, NotAllowedError */
    async create(person: ActingPerson, body: CreateJobBody): Promise<{ job: Job; created: boolean }> {
      const idempotencyKey = body.idempotencyKey === undefined ? null : `${person.id}:${body.idempotencyKey}`;
      const known = idempotencyKey === null ? null : await store.jobs.findByIdempotencyKey(idempotencyKey);
      if (known) return found(known);
      const prepared = await preparation.prepare(person, body);
      const { query, type } = prepared;
      if (query.documentIds?.length === 0) {
        throw new InvalidInputError([problemAt(['selection', 'documentIds'], 'no_entry_picked')]);
      }
      // Ids need no look: each one that is gone becomes an item that says so.
      if (
        query.documentIds === null &&
        !(await withSelectionErrors(() => selections.mayExist(person, query)))
      ) {
        throw new InvalidInputError([problemAt(['selection'], 'no_entry_matches')]);
      }
      try {
        const job = await store.jobs.insert({
          type: type.name,
          title: await titleOf(body, prepared),
          titleCode: null,
          contentType: query.contentType,
          labelField: await selections.mainField(query.contentType),
          selection: frozenSelection(query),
          settings: prepared.settings as Record<string, unknown>,
          queue: type.queue,
          priority: body.priority ?? 'normal',
          provider: type.provider(prepared.settings),
          promptId: prepared.promptId,
          starterId: person.id,
          starterName: person.name.slice(0, 255),
          sourceJobId: null,
          startAt: startTime(body.startAt),
          listLastId: query.documentIds ? null : await store.entryRows.lastId(query.contentType),
          idempotencyKey,
          selectedIds: query.documentIds,
        });
        faultPoint('job written');
        parts.onCreated();
        return { job, created: true };
      } catch (error) {
        // Two clicks at the same moment: the unique key let one of them through.
        const winner = idempotencyKey === null ? null : await store.jobs.findByIdempotencyKey(idempotencyKey);
        if (winner) return found(winner);
        throw error;
      }
    },

    /** Makes a job that takes up the items of another one. @throws InvalidInputError, NotAllowedError, MissingError */
    async createFrom(
      person: ActingPerson,
      source: Job,
      typeName: string,
      options: {
        title: string;
        titleCode: TitleCode | null;
        itemId: number | null;
        settings: Record<string, unknown>;
      }
    ): Promise<Job> {
      const type = jobTypes.get(typeName);
      if (!type) throw new MissingError(problem('no_job_type', { type: typeName }));
      const settings = await preparation.prepareTakingUp(person, type, source, options.settings);
      const job = await store.jobs.insertFrom(source.key, {
        type: type.name,
        title: options.title.slice(0, 200),
        titleCode: options.titleCode,
        contentType: source.contentType,
        // What its title names, and the items it takes over, are called as they were there.
        labelField: source.labelField,
        selection: {
          kind: 'job',
          contentType: source.contentType,
          locale: source.selection.locale,
          jobId: source.id,
          itemId: options.itemId,
        },
        settings,
        queue: type.queue,
        priority: options.itemId === null ? 'normal' : 'high',
        provider: type.provider(settings),
        promptId: null,
        starterId: person.id,
        starterName: person.name.slice(0, 255),
        sourceJobId: source.id,
        startAt: null,
        listLastId: null,
        idempotencyKey: null,
        selectedIds: null,
      });
      if (!job) throw new MissingError(problem('job_missing'));
      parts.onCreated();
      return job;
    },
  };
}
