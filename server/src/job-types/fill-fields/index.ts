import { fillFieldsSettingsSchema, type FillFieldsSettings } from '../../contracts/fill-fields';
import { defineJobType } from '../job-type';
import { prepare } from './prepare';

/** Writes texts into the fields of entries: the prompt filled in from each entry, the answer checked against its schema. */
export const fillFields = defineJobType<FillFieldsSettings>({
  name: 'fill-fields',
  queue: 'content',
  startable: true,
  settings: fillFieldsSettingsSchema,
  limits: { concurrency: 20, attempts: 4, timeoutSeconds: 120 },
  writes: (settings) => settings.outputs.map((output) => output.field),
  provider: (settings) => settings.provider,
  // A saved prompt is for one content type, and its name says what it does.
  title: (settings, names) =>
    names.prompt ?? `${settings.outputs.map((output) => output.field).join(', ')} · ${names.contentType}`,
  prepare,
  // Markdown and HTML are read and cleaned in there: loaded at the first item, not at Strapi's start.
  run: async (context) => (await import('./run')).run(context),
  sample: async (context) => (await import('./run')).sample(context),
});
