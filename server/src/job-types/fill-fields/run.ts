import type { FillFieldsSettings } from '../../contracts/fill-fields';
import type { FieldValues } from '../../contracts/item';
import { valueAt } from '../../domain/field-paths';
import { fingerprint } from '../../domain/fingerprint';
import { placeholdersOf, populateFor, templateData } from '../../domain/placeholders';
import { mergePopulate } from '../../domain/populate';
import { sameValue } from '../../domain/same-value';
import { placeholderPathsIn, renderTemplate } from '../../domain/template';
import type { ItemContext, Outcome, ReadEntry, ReadPlan, SampleOutcome } from '../job-type';
import { askForValues, requestFor } from './answer';
import { resolveOutputs, wantedOn, type WantedOutput } from './outputs';

const mergePlans = (one: ReadPlan, other: ReadPlan): ReadPlan => ({
  fields: [...new Set([...one.fields, ...other.fields])],
  populate: mergePopulate(one.populate, other.populate),
});

/** Reads what the prompt names, what is to be written, and what permissions look at. */
async function readEntry(
  context: ItemContext<FillFieldsSettings>,
  outputs: WantedOutput[]
): Promise<ReadEntry | null> {
  const { contentType } = context.item;
  const placeholders = placeholdersOf(contentType, context.lookup);
  const paths = placeholderPathsIn(context.settings.prompt ?? '', placeholders);
  const needed = populateFor(
    [...paths, ...outputs.map((output) => output.field.path)],
    context.lookup,
    contentType
  );
  return context.read(mergePlans(await context.conditionPlan(), needed));
}

function renderPrompt(context: ItemContext<FillFieldsSettings>, entry: ReadEntry): string {
  const placeholders = placeholdersOf(context.item.contentType, context.lookup);
  const template = context.settings.prompt ?? '';
  const globals = { locale: context.item.locale ?? '', today: new Date().toISOString().slice(0, 10) };
  return renderTemplate(
    template,
    templateData(entry.data, placeholderPathsIn(template, placeholders), placeholders, globals)
  );
}

/** What an earlier attempt wrote before its worker stopped: still there, or changed by someone since. */
function settleEarlierWriting(context: ItemContext<FillFieldsSettings>, entry: ReadEntry): Outcome {
  const { values, message } = context.item;
  const changed = Object.entries(values)
    .filter(([path, value]) => !sameValue(valueAt(entry.data, path), value.written))
    .map(([path]) => path);
  if (changed.length === 0) return { status: 'completed', message };
  return {
    status: 'conflict',
    reason: { code: 'edited_since', params: { fields: changed.join(', ') }, retryable: false },
    // Whoever takes back the rest has to know that it was published.
    message,
  };
}

export async function run(context: ItemContext<FillFieldsSettings>): Promise<Outcome> {
  const { item, settings, person } = context;
  const outputs = resolveOutputs(item.contentType, settings.outputs, context.lookup);
  const entry = await readEntry(context, outputs);
  if (!entry) return { status: 'skipped', reason: { code: 'entry_gone', params: {}, retryable: false } };
  if (item.appliedAt !== null) return settleEarlierWriting(context, entry);
  if (
    !(await context.mayWrite(
      entry,
      outputs.map((output) => output.field.path)
    ))
  ) {
    return {
      status: 'skipped',
      reason: { code: 'entry_forbidden', params: { person: person.name }, retryable: false },
    };
  }
  const wanted = wantedOn(entry.data, outputs);
  if (wanted.length === 0) {
    const fields = outputs.map((output) => output.field.path).join(', ');
    return { status: 'skipped', reason: { code: 'field_not_empty', params: { fields }, retryable: false } };
  }

  const request = requestFor(settings, renderPrompt(context, entry), wanted);
  const input = fingerprint(request);
  if (settings.skipUnchanged && (await context.wasDoneWith(input))) {
    return { status: 'skipped', reason: { code: 'unchanged', params: {}, retryable: false } };
  }
  const proposed = await askForValues(context, request, wanted);
  const values: Record<string, FieldValues> = {};
  for (const { field } of wanted) {
    values[field.path] = {
      before: valueAt(entry.data, field.path) ?? null,
      proposed: proposed[field.path] ?? null,
      written: null,
    };
  }

  const result = await context.write({
    values,
    wasPublished: entry.published,
    publish: settings.mode === 'publish',
    partial: false,
    fingerprint: input,
  });
  switch (result.outcome) {
    case 'written':
      return { status: 'completed', message: result.message };
    case 'conflict':
      return {
        status: 'conflict',
        reason: { code: 'edited_meanwhile', params: { fields: result.fields.join(', ') }, retryable: true },
        fingerprint: input,
      };
    case 'moved':
      return {
        status: 'conflict',
        reason: { code: 'entry_moved_meanwhile', params: {}, retryable: true },
        fingerprint: input,
      };
    case 'gone':
      return { status: 'skipped', reason: { code: 'entry_gone', params: {}, retryable: false } };
    case 'forbidden':
      return {
        status: 'skipped',
        reason: { code: 'entry_forbidden', params: { person: person.name }, retryable: false },
      };
  }
}

/** The same up to the writing. */
export async function sample(context: ItemContext<FillFieldsSettings>): Promise<SampleOutcome> {
  const { settings, person } = context;
  const outputs = resolveOutputs(context.item.contentType, settings.outputs, context.lookup);
  const entry = await readEntry(context, outputs);
  if (!entry)
    return { prompt: null, values: {}, skipped: { code: 'entry_gone', params: {}, retryable: false } };
  if (
    !(await context.mayWrite(
      entry,
      outputs.map((output) => output.field.path)
    ))
  ) {
    return {
      prompt: null,
      values: {},
      skipped: { code: 'entry_forbidden', params: { person: person.name }, retryable: false },
    };
  }
  const wanted = wantedOn(entry.data, outputs);
  const user = renderPrompt(context, entry);
  const prompt = { system: settings.systemMessage ?? null, user };
  if (wanted.length === 0) {
    const fields = outputs.map((output) => output.field.path).join(', ');
    return { prompt, values: {}, skipped: { code: 'field_not_empty', params: { fields }, retryable: false } };
  }
  const proposed = await askForValues(context, requestFor(settings, user, wanted), wanted);
  const values: SampleOutcome['values'] = {};
  for (const { field, maxLength } of wanted) {
    values[field.path] = {
      before: valueAt(entry.data, field.path) ?? null,
      proposed: proposed[field.path] ?? null,
      written: null,
      maxLength: maxLength ?? null,
    };
  }
  return { prompt, values, skipped: null };
}
