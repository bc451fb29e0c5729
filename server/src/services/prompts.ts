import type { Core } from '@strapi/strapi';
import type {
  CheckPromptBody,
  ListPromptsQuery,
  PromptView,
  SavePromptBody,
  TemplateProblem,
} from '../contracts/prompt';
import type { Output } from '../contracts/fill-fields';
import { problem, unknownName } from '../contracts/problem';
import { withDetail } from '../contracts/reason';
import {
  InvalidInputError,
  MissingError,
  NotAllowedError,
  problemAt,
  type InputProblem,
} from '../domain/invalid-input';
import { writableFields } from '../domain/fields';
import { nearest } from '../domain/nearest';
import { placeholdersOf, populateFor, templateData } from '../domain/placeholders';
import { mergePopulate } from '../domain/populate';
import type { SchemaLookup } from '../domain/schema';
import { checkTemplate, placeholderPathsIn, renderTemplate } from '../domain/template';
import { isWorkError } from '../domain/work-error';
import { personName } from '../domain/person-name';
import type { ActingPerson, EntryPermissions } from '../entries/permissions';
import type { EntryReader } from '../entries/reader';
import type { Store } from '../store/store';

type Row = Record<string, unknown>;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export type PromptService = ReturnType<typeof createPromptService>;

/** Saved prompts: a template, the fields it writes, its defaults. */
export function createPromptService(
  strapi: Core.Strapi,
  parts: { store: Store; lookup: SchemaLookup; reader: EntryReader; permissions: EntryPermissions }
) {
  const { store, lookup } = parts;

  const toView = (row: Row, usedBy: number): PromptView => {
    const creator = row.createdBy as
      | { id: number; firstname?: string; lastname?: string; username?: string; email?: string }
      | null
      | undefined;
    const contentType = String(row.contentType);
    return {
      id: String(row.documentId),
      name: String(row.name),
      contentType,
      contentTypeLabel: lookup(contentType)?.info.displayName ?? null,
      template: String(row.template),
      systemMessage: text(row.systemMessage),
      outputs: Array.isArray(row.outputs) ? (row.outputs as Output[]) : [],
      provider: text(row.provider),
      model: text(row.model),
      html: typeof row.html === 'boolean' ? row.html : null,
      language: text(row.language),
      version: Number(row.version ?? 1),
      usedBy,
      updatedAt: new Date(String(row.updatedAt)).toISOString(),
      createdBy: creator ? { id: creator.id, name: personName(creator) } : null,
    };
  };

  const usedBy = async (id: string): Promise<number> => (await store.jobs.countByPrompt([id])).get(id) ?? 0;

  const check = (contentType: string, template: string): TemplateProblem[] =>
    checkTemplate(template, placeholdersOf(contentType, lookup));

  const problemsOf = (body: SavePromptBody): InputProblem[] => {
    const schema = lookup(body.contentType);
    if (schema?.modelType !== 'contentType' || !body.contentType.startsWith('api::')) {
      const near = nearest(
        body.contentType,
        Object.keys(strapi.contentTypes).filter((uid) => uid.startsWith('api::'))
      );
      return [
        {
          path: ['contentType'],
          ...unknownName('no_content_type', { contentType: body.contentType }, near),
        },
      ];
    }
    const problems = check(body.contentType, body.template).map(({ code, params }) =>
      problemAt(['template'], 'prompt_faulty', withDetail(params, code))
    );
    const fields = writableFields(body.contentType, lookup).map((field) => field.path);
    body.outputs.forEach((output, position) => {
      if (fields.includes(output.field)) return;
      const params = { contentType: schema.info.displayName, field: output.field };
      problems.push({
        path: ['outputs', String(position), 'field'],
        ...unknownName('no_writable_field', params, nearest(output.field, fields)),
      });
    });
    return problems;
  };

  const insistOnValid = (body: SavePromptBody): void => {
    const problems = problemsOf(body);
    if (problems.length > 0) throw new InvalidInputError(problems);
  };

  const columns = (body: SavePromptBody): Row => ({
    name: body.name,
    contentType: body.contentType,
    template: body.template,
    systemMessage: body.systemMessage ?? null,
    outputs: body.outputs,
    provider: body.provider ?? null,
    model: body.model ?? null,
    html: body.html ?? null,
    language: body.language ?? null,
  });

  /** What of a prompt reaches the model: a change of it is a new version. */
  const substance = (row: Row): string =>
    JSON.stringify([
      row.contentType,
      row.template,
      row.systemMessage ?? null,
      row.outputs ?? [],
      row.html ?? null,
    ]);

  return {
    async list(parameters: ListPromptsQuery): Promise<{ prompts: PromptView[]; total: number }> {
      const { rows, total } = await store.prompts.list({
        contentType: parameters.contentType,
        search: parameters.search,
        offset: (parameters.page - 1) * parameters.pageSize,
        limit: parameters.pageSize,
      });
      const used = await store.jobs.countByPrompt(rows.map((row) => String(row.documentId)));
      return { prompts: rows.map((row) => toView(row, used.get(String(row.documentId)) ?? 0)), total };
    },

    async find(id: string): Promise<PromptView | null> {
      const row = await store.prompts.find(id);
      return row ? toView(row, await usedBy(id)) : null;
    },

    names: (): Promise<string[]> => store.prompts.names(),

    /** @throws InvalidInputError */
    async create(body: SavePromptBody, personId: number | null): Promise<PromptView> {
      insistOnValid(body);
      const row = await store.prompts.insert({
        ...columns(body),
        version: 1,
        createdBy: personId,
        updatedBy: personId,
      });
      return toView((await store.prompts.find(String(row.documentId))) ?? row, 0);
    },

    /** @throws InvalidInputError, MissingError */
    async update(id: string, body: SavePromptBody, personId: number): Promise<PromptView> {
      const current = await store.prompts.find(id);
      if (!current) throw new MissingError(problem('prompt_gone'));
      insistOnValid(body);
      const changed = columns(body);
      const version = Number(current.version ?? 1) + (substance(current) === substance(changed) ? 0 : 1);
      await store.prompts.update(current, { ...changed, version, updatedBy: personId });
      return toView((await store.prompts.find(id)) ?? current, await usedBy(id));
    },

    /** Jobs made with it keep their own copy. @throws MissingError */
    async remove(id: string): Promise<void> {
      const row = await store.prompts.find(id);
      if (!row) throw new MissingError(problem('prompt_gone'));
      await store.prompts.remove(row);
    },

    /**
     * What is wrong with a template, and what it gives for an entry.
     * @throws InvalidInputError, MissingError, NotAllowedError where the preview would show what the person may not read
     */
    async check(
      body: CheckPromptBody,
      person: ActingPerson
    ): Promise<{ problems: TemplateProblem[]; rendered: string | null }> {
      if (!lookup(body.contentType)) {
        throw new InvalidInputError([
          problemAt(['contentType'], 'no_content_type', { contentType: body.contentType }),
        ]);
      }
      const problems = check(body.contentType, body.template);
      if (problems.length > 0 || body.documentId === undefined) return { problems, rendered: null };
      const placeholders = placeholdersOf(body.contentType, lookup);
      const paths = placeholderPathsIn(body.template, placeholders);
      const { permissions } = parts;
      if (
        !permissions.mayRead(person, body.contentType) ||
        !paths.every((path) => permissions.mayReadPath(person, body.contentType, path, lookup))
      ) {
        throw new NotAllowedError(problem('preview_forbidden'));
      }
      const plan = populateFor(paths, lookup, body.contentType);
      const conditions = permissions.conditionPopulate(person, body.contentType);
      const entry = await parts.reader.read(
        body.contentType,
        body.locale ?? null,
        {
          fields: [...new Set([...plan.fields, ...conditions.fields])],
          populate: mergePopulate(plan.populate, conditions.populate),
        },
        body.documentId
      );
      if (!entry) throw new MissingError(problem('preview_entry_gone'));
      if (!permissions.mayReadEntry(person, body.contentType, entry.data))
        throw new NotAllowedError(problem('preview_entry_forbidden'));
      try {
        const globals = { locale: body.locale ?? '', today: new Date().toISOString().slice(0, 10) };
        return {
          problems,
          rendered: renderTemplate(body.template, templateData(entry.data, paths, placeholders, globals)),
        };
      } catch (error) {
        if (!isWorkError(error)) throw error;
        return {
          problems: [
            {
              code: error.reason.code,
              params: error.reason.params,
              message: error.message,
              line: null,
              column: null,
              placeholder: null,
              nearest: null,
            },
          ],
          rendered: null,
        };
      }
    },
  };
}
