import type { FillFieldsSettings } from '../../contracts/fill-fields';
import { findField } from '../../domain/fields';
import type { InputProblem } from '../../domain/invalid-input';
import { nearest } from '../../domain/nearest';
import { placeholdersOf } from '../../domain/placeholders';
import { checkTemplate, placeholderPathsIn } from '../../domain/template';
import type { PrepareContext } from '../job-type';

const suggestion = (word: string, candidates: string[]): string => {
  const found = nearest(word, candidates);
  return found ? ` Did you mean “${found}”?` : '';
};

/** Checks the settings against the project, finds every problem at once, and freezes what may change later. */
export async function prepare(
  settings: FillFieldsSettings,
  context: PrepareContext
): Promise<{ settings: FillFieldsSettings; promptId: string | null } | { problems: InputProblem[] }> {
  const problems: InputProblem[] = [];
  const add = (path: string, message: string): void =>
    void problems.push({ path: ['settings', ...path.split('.')], message });
  const typeName = context.lookup(context.contentType)?.info.displayName ?? context.contentType;

  const providers = context.providers();
  if (!providers.some((provider) => provider.name === settings.provider)) {
    add(
      'provider',
      `There is no provider “${settings.provider}”.${suggestion(
        settings.provider,
        providers.map(({ name }) => name)
      )}`
    );
  }

  const seen = new Set<string>();
  settings.outputs.forEach((output, position) => {
    const path = `outputs.${position}.field`;
    const found = findField(context.contentType, output.field, context.lookup);
    if (found.field === null) {
      add(
        path,
        found.attributeType !== null
          ? `AI cannot write the field “${output.field}” of ${typeName}: it is not a text, an enumeration or JSON, or it may not be written at all.`
          : `${typeName} has no field “${output.field}”.${found.nearest ? ` Did you mean “${found.nearest}”?` : ''}`
      );
      return;
    }
    const { field } = found;
    if (seen.has(output.field)) add(path, `The field “${output.field}” is listed twice.`);
    seen.add(output.field);
    if (!context.mayWrite(output.field))
      add(path, `You may not edit the field “${output.field}” of ${typeName}.`);
    if (output.maxLength !== undefined && field.maxLength !== null && output.maxLength > field.maxLength) {
      add(`outputs.${position}.maxLength`, `“${output.field}” holds at most ${field.maxLength} characters.`);
    }
    if (output.maxLength !== undefined && field.minLength !== null && output.maxLength < field.minLength) {
      add(
        `outputs.${position}.maxLength`,
        `“${output.field}” must hold at least ${field.minLength} characters.`
      );
    }
  });

  if ((settings.prompt === undefined) === (settings.promptId === undefined)) {
    add('prompt', 'Give either the text of a prompt (prompt) or the id of a saved one (promptId).');
  }
  let template = settings.prompt ?? '';
  let saved = null;
  if (settings.promptId !== undefined) {
    saved = await context.prompt(settings.promptId);
    if (saved) template = saved.template;
    else
      add(
        'promptId',
        `There is no saved prompt with the id “${settings.promptId}”. It may have been deleted; choose another one.`
      );
  }
  if (template !== '') {
    const place = saved ? 'promptId' : 'prompt';
    const placeholders = placeholdersOf(context.contentType, context.lookup);
    const wrong = checkTemplate(template, placeholders);
    for (const problem of wrong) {
      const where = problem.line === null ? '' : ` (line ${problem.line})`;
      add(place, `${problem.message}${where}`);
    }
    const hidden =
      wrong.length > 0
        ? []
        : placeholderPathsIn(template, placeholders).filter((path) => !context.mayRead(path));
    for (const path of hidden) add(place, `The prompt uses “${path}”, which you may not read.`);
  }
  if (settings.mode === 'publish') {
    if (context.lookup(context.contentType)?.options?.draftAndPublish !== true) {
      add('mode', `${typeName} has no drafts, so there is nothing to publish. Choose the mode “apply”.`);
    } else if (!context.mayPublish()) {
      add(
        'mode',
        `You may not publish entries of ${typeName}. Choose the mode “apply”: the values go to the drafts.`
      );
    }
  }
  for (const forbidden of ['model', 'messages', 'stream']) {
    if (settings.extra && Object.hasOwn(settings.extra, forbidden))
      add('extra', `“${forbidden}” is set by the job itself and cannot be part of the extra properties.`);
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
