import type { CreateJobBody } from '../contracts/job';
import { isSelectionByIds, type FrozenSelection, type Selection } from '../contracts/selection';
import { problem, unknownName } from '../contracts/problem';
import { InvalidInputError, NotAllowedError, problemAt } from '../domain/invalid-input';
import { nearest } from '../domain/nearest';
import type { SchemaLookup } from '../domain/schema';
import { schemaProblems } from '../domain/schema-problems';
import { hasDrafts, isLocalized } from '../entries/documents';
import type { ActingPerson, EntryPermissions } from '../entries/permissions';
import { QueryRefusedError, type EntryQuery } from '../entries/selections';
import type { JobType, PrepareContext } from '../job-types/job-type';
import type { JobTypeRegistry } from '../job-types/registry';
import type { Job } from '../store/job-row';
import type { ContentTypeService } from './content-types';
import type { PromptService } from './prompts';
import type { ProviderService } from './providers';
import type { SettingsService } from './settings';

/** What a person asked for, checked against the project. */
export interface PreparedJob {
  type: JobType;
  /** Frozen: what changes later does not change the job. */
  settings: unknown;
  promptId: string | null;
  query: EntryQuery;
  /** The fields it writes. */
  fields: string[];
}

/** Runs a query on entries; what Strapi refuses is the selection's fault, and is said so. @throws InvalidInputError */
export const withSelectionErrors = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof QueryRefusedError)) throw error;
    throw new InvalidInputError([problemAt(['selection', 'filters'], 'filters_refused', error.params)]);
  }
};

/** A selection as a job keeps and shows it. */
export const frozenSelection = (query: EntryQuery): FrozenSelection =>
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

export type JobPreparation = ReturnType<typeof createJobPreparation>;

/** Checks what a person asks for; every problem is named at once. */
export function createJobPreparation(parts: {
  lookup: SchemaLookup;
  jobTypes: JobTypeRegistry;
  permissions: EntryPermissions;
  contentTypes: ContentTypeService;
  prompts: PromptService;
  providers: ProviderService;
  settings: SettingsService;
}) {
  const { lookup, jobTypes, permissions, contentTypes, prompts, providers, settings } = parts;

  /** @throws NotAllowedError where the person may not edit entries of the type at all */
  const insistOnEditing = (person: ActingPerson, uid: string): void => {
    if (permissions.mayRead(person, uid) && permissions.mayUpdateType(person, uid)) return;
    throw new NotAllowedError(
      problem('edit_type_forbidden', { contentType: lookup(uid)?.info.displayName ?? uid })
    );
  };

  /** The selection as a query on entries, with its language filled in. */
  const queryOf = async (person: ActingPerson, selection: Selection): Promise<EntryQuery> => {
    const uid = selection.contentType;
    const schema = contentTypes.selectable(uid);
    if (!schema) {
      const near = nearest(uid, contentTypes.selectableUids());
      throw new InvalidInputError([
        {
          path: ['selection', 'contentType'],
          ...unknownName('no_writable_type', { contentType: uid }, near),
        },
      ]);
    }
    insistOnEditing(person, uid);
    let locale: string | null = null;
    if (isLocalized(schema)) {
      const locales = await contentTypes.locales();
      locale = selection.locale ?? locales.default;
      if (locale !== null && !locales.codes.includes(locale)) {
        const near = nearest(locale, locales.codes);
        throw new InvalidInputError([
          {
            path: ['selection', 'locale'],
            ...unknownName('no_language', { locale, locales: locales.codes.join(', ') }, near),
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
        problemAt(['selection', 'status'], 'no_drafts_to_filter', { contentType: schema.info.displayName }),
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

  const prepareContext = async (
    person: ActingPerson,
    contentType: string,
    locale: string | null
  ): Promise<PrepareContext> => {
    const stored = await settings.read();
    return {
      contentType,
      locale,
      lookup,
      mayWrite: (attribute) => permissions.mayUpdateField(person, contentType, attribute),
      mayRead: (path) => permissions.mayReadPath(person, contentType, path, lookup),
      mayPublish: () => permissions.mayPublish(person, contentType),
      prompt: (id) => prompts.find(id),
      providers: () => providers.names(),
      defaults: () => ({
        temperature: stored.defaults.temperature ?? null,
        maxTokens: stored.defaults.maxTokens ?? null,
      }),
      systemMessageFor: (uid) => contentTypes.systemMessageFor(uid, stored),
    };
  };

  /** @throws InvalidInputError, NotAllowedError */
  const prepare = async (
    person: ActingPerson,
    body: Pick<CreateJobBody, 'type' | 'selection' | 'settings'>
  ): Promise<PreparedJob> => {
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
          ...(type
            ? problem('job_type_follows', { type: body.type })
            : unknownName('no_job_type', { type: body.type }, near)),
        },
      ]);
    }
    const parsed = type.settings.safeParse(body.settings);
    if (!parsed.success)
      throw new InvalidInputError(schemaProblems(parsed.error, body.settings, ['settings']));
    const query = await queryOf(person, body.selection);
    const context = await prepareContext(person, query.contentType, query.locale);
    const result = await type.prepare(parsed.data, context);
    if ('problems' in result) throw new InvalidInputError(result.problems);
    return {
      type,
      settings: result.settings,
      promptId: result.promptId,
      query,
      fields: type.writes(result.settings),
    };
  };

  /** What a job was to write: a person who may not write all of that may not take it back either. */
  const insistOnFields = (
    person: ActingPerson,
    source: Pick<Job, 'type' | 'contentType' | 'settings'>
  ): void => {
    const written = jobTypes.get(source.type)?.writes(source.settings) ?? [];
    const hidden = written.filter((path) => !permissions.mayUpdateField(person, source.contentType, path));
    if (hidden.length === 0) return;
    throw new NotAllowedError(
      problem('edit_fields_forbidden', {
        fields: hidden.map((path) => `“${path}”`).join(', '),
        contentType: lookup(source.contentType)?.info.displayName ?? source.contentType,
      })
    );
  };

  /**
   * Checks, for a person, a job that takes up another one's items: whoever starts it needs the rights on its entries,
   * on its fields and on what its prompt reads. Gives the settings to freeze.
   * @throws InvalidInputError, NotAllowedError
   */
  const prepareTakingUp = async (
    person: ActingPerson,
    type: JobType,
    source: Pick<Job, 'type' | 'contentType' | 'selection' | 'settings'>,
    frozenSettings: Record<string, unknown>
  ): Promise<Record<string, unknown>> => {
    const { contentType } = source;
    const { locale } = source.selection;
    if (type.startable) {
      // The prompt's text is frozen in the settings; where it came from is no setting, and may have changed since.
      const { promptId: _id, promptName: _name, promptVersion: _version, ...settings } = frozenSettings;
      const selection = { contentType, locale: locale ?? undefined, documentIds: [] };
      const prepared = await prepare(person, { type: type.name, selection, settings });
      return prepared.settings as Record<string, unknown>;
    }
    insistOnEditing(person, contentType);
    if (type.name === 'undo') insistOnFields(person, source);
    const result = await type.prepare(frozenSettings, await prepareContext(person, contentType, locale));
    if ('problems' in result) throw new InvalidInputError(result.problems);
    return result.settings as Record<string, unknown>;
  };

  return { queryOf, prepare, prepareTakingUp };
}
