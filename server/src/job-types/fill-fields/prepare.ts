import type { FillFieldsSettings } from '../../contracts/fill-fields';
import { problem, unknownName, type Problem, type ProblemCode } from '../../contracts/problem';
import { withDetail, type ReasonParams } from '../../contracts/reason';
import { findField } from '../../domain/fields';
import type { InputProblem } from '../../domain/invalid-input';
import { nearest } from '../../domain/nearest';
import { placeholdersOf } from '../../domain/placeholders';
import { checkTemplate, placeholderPathsIn } from '../../domain/template';
import type { PrepareContext } from '../job-type';

/** Checks the settings against the project, finds every problem at once, and freezes what may change later. */
export async function prepare(
  settings: FillFieldsSettings,
  context: PrepareContext
): Promise<{ settings: FillFieldsSettings; promptId: string | null } | { problems: InputProblem[] }> {
  const problems: InputProblem[] = [];
  const addProblem = (path: string, found: Problem): void =>
    void problems.push({ path: ['settings', ...path.split('.')], ...found });
  const add = (path: string, code: ProblemCode, params: ReasonParams = {}): void =>
    addProblem(path, problem(code, params));
  const typeName = context.lookup(context.contentType)?.info.displayName ?? context.contentType;

  const providers = context.providers();
  if (!providers.some((provider) => provider.name === settings.provider)) {
    const near = nearest(
      settings.provider,
      providers.map(({ name }) => name)
    );
    addProblem('provider', unknownName('no_provider', { provider: settings.provider }, near));
  }

  const seen = new Set<string>();
  settings.outputs.forEach((output, position) => {
    const path = `outputs.${position}.field`;
    const named = { field: output.field, contentType: typeName };
    const found = findField(context.contentType, output.field, context.lookup);
    if (found.field === null) {
      addProblem(
        path,
        found.attributeType !== null
          ? problem('field_not_writable', named)
          : unknownName('no_field', named, found.nearest)
      );
      return;
    }
    const { field } = found;
    if (seen.has(output.field)) add(path, 'field_twice', named);
    seen.add(output.field);
    if (!context.mayWrite(output.field)) add(path, 'field_not_yours', named);
    if (output.maxLength !== undefined && field.maxLength !== null && output.maxLength > field.maxLength) {
      add(`outputs.${position}.maxLength`, 'field_holds_less', { ...named, maximum: field.maxLength });
    }
    if (output.maxLength !== undefined && field.minLength !== null && output.maxLength < field.minLength) {
      add(`outputs.${position}.maxLength`, 'field_holds_more', { ...named, minimum: field.minLength });
    }
  });

  if ((settings.prompt === undefined) === (settings.promptId === undefined)) {
    add('prompt', 'prompt_not_one');
  }
  let template = settings.prompt ?? '';
  let saved = null;
  if (settings.promptId !== undefined) {
    saved = await context.prompt(settings.promptId);
    if (saved) template = saved.template;
    else add('promptId', 'no_saved_prompt', { promptId: settings.promptId });
  }
  if (template !== '') {
    const place = saved ? 'promptId' : 'prompt';
    const placeholders = placeholdersOf(context.contentType, context.lookup);
    const wrong = checkTemplate(template, placeholders);
    for (const { code, params, line } of wrong) {
      const said =
        line === null ? withDetail(params, code) : withDetail({ ...params, line }, code, 'detail_in_line');
      add(place, 'prompt_faulty', said);
    }
    const hidden =
      wrong.length > 0
        ? []
        : placeholderPathsIn(template, placeholders).filter((path) => !context.mayRead(path));
    for (const path of hidden) add(place, 'prompt_reads_hidden', { path });
  }
  if (settings.mode === 'publish') {
    if (context.lookup(context.contentType)?.options?.draftAndPublish !== true) {
      add('mode', 'nothing_publishable', { contentType: typeName });
    } else if (!context.mayPublish()) {
      add('mode', 'publish_not_yours', { contentType: typeName });
    }
  }
  for (const forbidden of ['model', 'messages', 'stream']) {
    if (settings.extra && Object.hasOwn(settings.extra, forbidden))
      add('extra', 'extra_set_by_job', { property: forbidden });
  }
  if (problems.length > 0) return { problems };

  const defaults = context.defaults();
  const frozen: FillFieldsSettings & { promptName?: string; promptVersion?: number } = {
    ...settings,
    prompt: template,
    systemMessage:
      settings.systemMessage ?? saved?.systemMessage ?? context.systemMessageFor(context.contentType),
    temperature: settings.temperature ?? defaults.temperature ?? undefined,
    maxTokens: settings.maxTokens ?? defaults.maxTokens ?? undefined,
    html: settings.html ?? saved?.html ?? false,
    ...(saved ? { promptName: saved.name, promptVersion: saved.version } : {}),
  };
  return { settings: frozen, promptId: settings.promptId ?? null };
}
