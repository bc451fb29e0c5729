import {
  isSelectionByIds,
  MAX_SAMPLE_ENTRIES,
  type CreateJobBody,
  type FrozenSelection,
  type SampleEntry,
  type SampleResponse,
  type Selection,
} from '../contracts/job';
import { withMessage } from '../contracts/reason';
import { InvalidInputError, MissingError, NotAllowedError, type InputProblem } from '../domain/invalid-input';
import { nearest } from '../domain/nearest';
import type { SchemaLookup } from '../domain/schema';
import { isWorkError, WorkError } from '../domain/work-error';
import { hasDrafts, isLocalized } from '../entries/documents';
import type { ActingPerson, EntryPermissions } from '../entries/permissions';
import type { EntryQuery, EntrySelections } from '../entries/selections';
import type { JobType, PrepareContext, RunLimits } from '../job-types/job-type';
import type { JobTypeRegistry } from '../job-types/registry';
import type { AttemptRecord } from '../queue/worker';
import type { Job } from '../store/jobs';
import type { Store } from '../store/store';
import type { ContentTypeService } from './content-types';
import type { ItemContexts } from './item-context';
import type { PromptService } from './prompts';
import type { ProviderService } from './providers';
import type { SettingsService } from './settings';

/** A creation that has been checked and can be written. */
interface Prepared {
  type: JobType;
  settings: unknown;
  promptId: string | null;
  query: EntryQuery;
  fields: string[];
}

const isStrapiRefusal = (error: unknown): error is Error =>
  error instanceof Error && ['ValidationError', 'YupValidationError'].includes(error.name);

export type JobCreation = ReturnType<typeof createJobCreation>;

/** Checks what a person asks for, counts it, tries it out, and makes a job of it. */
export function createJobCreation(parts: {
  store: Store;
  lookup: SchemaLookup;
  jobTypes: JobTypeRegistry;
  permissions: EntryPermissions;
  selections: EntrySelections;
  contentTypes: ContentTypeService;
  prompts: PromptService;
  providers: ProviderService;
  settings: SettingsService;
  contexts: ItemContexts;
  limitsOf: (type: JobType) => RunLimits;
  onCreated: () => void;
}) {
  const { store, lookup, jobTypes, permissions, selections, contentTypes, prompts, providers, settings } =
    parts;

  /** The selection as a query on entries, with its language filled in. */
  const queryOf = async (person: ActingPerson, selection: Selection): Promise<EntryQuery> => {
    const uid = selection.contentType;
    const schema = contentTypes.selectable(uid);
    if (!schema) {
      const near = nearest(uid, contentTypes.selectableUids());
      throw new InvalidInputError([
        {
          path: ['selection', 'contentType'],
          message: `There is no content type “${uid}” to write to.${near ? ` Did you mean “${near}”?` : ''}`,
        },
      ]);
    }
    if (!permissions.mayRead(person, uid) || !permissions.mayUpdateType(person, uid)) {
      throw new NotAllowedError(
        `You may not edit entries of ${schema.info.displayName}. Ask an administrator for the permission in Settings → Roles.`
      );
    }
    let locale: string | null = null;
    if (isLocalized(schema)) {
      const locales = await contentTypes.locales();
      locale = selection.locale ?? locales.default;
      if (locale !== null && !locales.codes.includes(locale)) {
        const near = nearest(locale, locales.codes);
        throw new InvalidInputError([
          {
            path: ['selection', 'locale'],
            message: `There is no language “${locale}” in this project.${near ? ` Did you mean “${near}”?` : ` It has: ${locales.codes.join(', ')}.`}`,
          },
        ]);
      }
    }
    if (isSelectionByIds(selection)) {
      return {
        contentType: uid,
        locale,
        documentIds: [...new Set(selection.documentIds)],
        status: null,
        filters: null,
        search: null,
      };
    }
    if (selection.status && !hasDrafts(schema)) {
      throw new InvalidInputError([
        {
          path: ['selection', 'status'],
          message: `${schema.info.displayName} has no drafts, so its entries cannot be filtered by status.`,
        },
      ]);
    }
    return {
      contentType: uid,
      locale,
      documentIds: null,
      status: selection.status ?? null,
      filters: selection.filters ?? null,
      search: selection.search ?? null,
    };
  };

  /** Runs a query on entries; what Strapi refuses is the selection's fault, and is said so. */
  const withSelectionErrors = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (!isStrapiRefusal(error)) throw error;
      throw new InvalidInputError([
        {
          path: ['selection', 'filters'],
          message: `The filters cannot be used: ${error.message}. Filter only on fields that exist and that you may read.`,
        },
      ]);
    }
  };

  const prepareContext = async (person: ActingPerson, query: EntryQuery): Promise<PrepareContext> => {
    const stored = await settings.read();
    return {
      contentType: query.contentType,
      locale: query.locale,
      lookup,
      mayWrite: (attribute) => permissions.mayUpdateField(person, query.contentType, attribute),
      mayRead: (path) => permissions.mayReadPath(person, query.contentType, path, lookup),
      mayPublish: () => permissions.mayPublish(person, query.contentType),
      prompt: (id) => prompts.find(id),
      promptNames: () => prompts.names(),
      providers: () => providers.names(),
      defaults: () => ({
        temperature: stored.defaults.temperature ?? null,
        maxTokens: stored.defaults.maxTokens ?? null,
      }),
      systemMessageFor: (uid) => contentTypes.systemMessageFor(uid, stored),
    };
  };

  const prepare = async (
    person: ActingPerson,
    body: Pick<CreateJobBody, 'type' | 'selection' | 'settings'>
  ): Promise<Prepared> => {
    const type = jobTypes.get(body.type);
    if (!type?.startable) {
      const near = nearest(
        body.type,
        jobTypes
          .list()
          .filter((candidate) => candidate.startable)
          .map((candidate) => candidate.name)
      );
      throw new InvalidInputError([
        {
          path: ['type'],
          message: type
            ? `Jobs of the type “${body.type}” are started from another job.`
            : `There is no job type “${body.type}”.${near ? ` Did you mean “${near}”?` : ''}`,
        },
      ]);
    }
    const parsed = type.settings.safeParse(body.settings);
    if (!parsed.success) {
      throw new InvalidInputError(
        parsed.error.issues.map((issue): InputProblem => ({
          path: ['settings', ...issue.path.map(String)],
          message: `${issue.path.join('.') || 'settings'}: ${issue.message}`,
        }))
      );
    }
    const query = await queryOf(person, body.selection);
    const result = await type.prepare(parsed.data, await prepareContext(person, query));
    if ('problems' in result) throw new InvalidInputError(result.problems);
    return {
      type,
      settings: result.settings,
      promptId: result.promptId,
      query,
      fields: type.writes(result.settings),
    };
  };

  const frozen = (query: EntryQuery): FrozenSelection =>
    query.documentIds
      ? { kind: 'ids', contentType: query.contentType, locale: query.locale, count: query.documentIds.length }
      : {
          kind: 'query',
          contentType: query.contentType,
          locale: query.locale,
          status: query.status,
          filters: query.filters,
          search: query.search,
        };

  const startTime = (startAt: string | undefined): Date | null => {
    const time = startAt === undefined ? null : new Date(startAt);
    return time !== null && time.getTime() > Date.now() ? time : null;
  };

  const titleOf = async (body: CreateJobBody, prepared: Prepared): Promise<string> => {
    if (body.title) return body.title;
    const contentType = lookup(prepared.query.contentType)?.info.displayName ?? prepared.query.contentType;
    const prompt =
      prepared.promptId === null ? null : ((await prompts.find(prepared.promptId))?.name ?? null);
    return prepared.type.title(prepared.settings, { contentType, prompt }).slice(0, 200);
  };

  return {
    /** @throws InvalidInputError, NotAllowedError */
    async create(person: ActingPerson, body: CreateJobBody): Promise<{ job: Job; created: boolean }> {
      const idempotencyKey = body.idempotencyKey === undefined ? null : `${person.id}:${body.idempotencyKey}`;
      const known = idempotencyKey === null ? null : await store.jobs.findByIdempotencyKey(idempotencyKey);
      if (known) return { job: known, created: false };
      const prepared = await prepare(person, body);
      const { query, type } = prepared;
      if (query.documentIds?.length === 0) {
        throw new InvalidInputError([
          { path: ['selection', 'documentIds'], message: 'No entry is selected. Choose at least one entry.' },
        ]);
      }
      const [first] = await withSelectionErrors(() =>
        selections.first(person, { ...query, documentIds: query.documentIds?.slice(0, 500) ?? null }, [], 1)
      );
      if (!first && query.documentIds === null) {
        throw new InvalidInputError([
          {
            path: ['selection'],
            message: 'No entry matches the selection. Change the filters or the language, then try again.',
          },
        ]);
      }
      try {
        const job = await store.jobs.insert({
          type: type.name,
          title: await titleOf(body, prepared),
          contentType: query.contentType,
          selection: frozen(query),
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
        await store.events.add(job.key, 'created', person);
        parts.onCreated();
        return { job, created: true };
      } catch (error) {
        // Two clicks at the same moment: the unique key let one of them through.
        const winner = idempotencyKey === null ? null : await store.jobs.findByIdempotencyKey(idempotencyKey);
        if (winner) return { job: winner, created: false };
        throw error;
      }
    },

    /** Makes a job that takes up the items of another one. */
    async createFrom(
      person: { id: number; name: string },
      source: Job,
      typeName: string,
      options: {
        title: string;
        itemId: number | null;
        settings: Record<string, unknown>;
        promptId?: string | null;
      }
    ): Promise<Job> {
      const type = jobTypes.get(typeName);
      if (!type) throw new MissingError(`There is no job type “${typeName}”.`);
      const job = await store.jobs.insert({
        type: type.name,
        title: options.title.slice(0, 200),
        contentType: source.contentType,
        selection: {
          kind: 'job',
          contentType: source.contentType,
          locale: source.selection.locale,
          jobId: source.id,
          itemId: options.itemId,
        },
        settings: options.settings,
        queue: type.queue,
        priority: options.itemId === null ? 'normal' : 'high',
        provider: type.provider(options.settings),
        promptId: options.promptId ?? null,
        starterId: person.id,
        starterName: person.name.slice(0, 255),
        sourceJobId: source.id,
        startAt: null,
        listLastId: null,
        idempotencyKey: null,
        selectedIds: null,
      });
      await store.events.add(job.key, 'created', person);
      parts.onCreated();
      return job;
    },

    async count(
      person: ActingPerson,
      selection: Selection,
      fields: string[] = []
    ): Promise<{ total: number; forbidden: number; exampleLabels: string[] }> {
      const query = await queryOf(person, selection);
      return withSelectionErrors(() => selections.count(person, query, fields));
    },

    /** Renders prompt and result for up to three entries of the selection; writes nothing. */
    async sample(
      person: ActingPerson,
      body: CreateJobBody,
      signal: AbortSignal
    ): Promise<SampleResponse['data']> {
      const prepared = await prepare(person, body);
      const { type, query } = prepared;
      if (!type.sample)
        throw new InvalidInputError([
          { path: ['type'], message: `Jobs of the type “${type.name}” cannot be tried on a sample.` },
        ]);
      const sampleOf = type.sample;
      const limits = parts.limitsOf(type);
      const [{ total }, found] = await withSelectionErrors(() =>
        Promise.all([
          selections.count(person, query, prepared.fields),
          selections.first(person, query, prepared.fields, MAX_SAMPLE_ENTRIES),
        ])
      );
      if (found.length === 0) {
        throw new InvalidInputError([
          {
            path: ['selection'],
            message:
              'There is no entry in the selection that you may edit, so there is nothing to try it on.',
          },
        ]);
      }
      const entries = await Promise.all(
        found.map(async (entry): Promise<SampleEntry> => {
          const startedAt = Date.now();
          const record: AttemptRecord = {
            values: null,
            usage: {
              inputTokens: 0,
              cachedTokens: 0,
              outputTokens: 0,
              reasoningTokens: 0,
              costUsd: null,
              calls: 0,
            },
          };
          const timeout = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutSeconds * 1_000)]);
          const base = { documentId: entry.documentId, label: entry.label };
          const finish = () => ({
            usage: record.usage.calls === 0 ? null : record.usage,
            durationMs: Date.now() - startedAt,
          });
          try {
            const context = parts.contexts.sampleContext({
              person,
              contentType: query.contentType,
              documentId: entry.documentId,
              locale: entry.locale,
              label: entry.label,
              settings: prepared.settings,
              selection: frozen(query),
              signal: timeout,
              timeoutMs: limits.timeoutSeconds * 1_000,
              record,
            });
            const outcome = await sampleOf(context);
            return {
              ...base,
              prompt: outcome.prompt,
              values: outcome.values,
              error: outcome.skipped ? withMessage(outcome.skipped) : null,
              ...finish(),
            };
          } catch (error) {
            if (signal.aborted) throw error;
            const failure = isWorkError(error)
              ? error
              : timeout.aborted
                ? new WorkError(
                    'provider_timeout',
                    {
                      provider: type.provider(prepared.settings) ?? type.name,
                      seconds: limits.timeoutSeconds,
                    },
                    { trouble: 'outage' }
                  )
                : null;
            if (!failure) throw error;
            return { ...base, prompt: null, values: {}, error: withMessage(failure.reason), ...finish() };
          }
        })
      );
      const called = entries.filter((entry) => entry.usage !== null);
      const costs = called.flatMap((entry) =>
        entry.usage?.costUsd === null || entry.usage === null ? [] : [entry.usage.costUsd]
      );
      const tokens = called.map(
        (entry) => (entry.usage?.inputTokens ?? 0) + (entry.usage?.outputTokens ?? 0)
      );
      const average = (values: number[]): number | null =>
        values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
      return { entries, total, averageCostUsd: average(costs), averageTokens: average(tokens) };
    },
  };
}
