import type {
  ContentTypeView,
  CreateJobBody,
  Output,
  PromptView,
  Selection,
} from '../../../../server/src/contracts';
import { toOutputDrafts, toOutputs, type OutputDraft } from '../../components/prompt/output-drafts';

/** What a person has chosen so far, as the cards show it. */
export interface JobDraft {
  title: string;
  /** The saved prompt that was picked; what is sent depends on whether the template still is its own. */
  promptId: string | null;
  template: string;
  outputs: OutputDraft[];
  /** '' for none. */
  provider: string;
  model: string;
  temperature: number | undefined;
  maxTokens: number | undefined;
  systemMessage: string;
  html: boolean;
  /** Further properties of the provider's request, as JSON. */
  extra: string;
  skipUnchanged: boolean;
  mode: 'apply' | 'publish';
  priority: 'low' | 'normal' | 'high';
  startAt: Date | null;
}

/** Settings of a job as they are remembered or come from an earlier job: any of them may be missing. */
export type KnownSettings = Record<string, unknown>;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const number = (value: unknown) => (typeof value === 'number' ? value : undefined);

function outputsOf(value: unknown): Output[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (output: unknown): output is Output =>
      typeof output === 'object' && output !== null && 'field' in output && typeof output.field === 'string'
  );
}

/** A draft for this content type from settings that are known already. */
export function draftFromSettings(
  view: ContentTypeView,
  settings: KnownSettings,
  prompts: PromptView[]
): JobDraft {
  const saved = prompts.find(({ id }) => id === settings.promptId);
  const extra = settings.extra;
  return {
    title: '',
    promptId: saved?.id ?? null,
    template: text(settings.prompt) || (saved?.template ?? ''),
    outputs: toOutputDrafts(view.fields, outputsOf(settings.outputs)),
    provider: text(settings.provider),
    model: text(settings.model),
    temperature: number(settings.temperature),
    maxTokens: number(settings.maxTokens),
    systemMessage: text(settings.systemMessage),
    html: typeof settings.html === 'boolean' ? settings.html : (saved?.html ?? false),
    extra: typeof extra === 'object' && extra !== null ? JSON.stringify(extra, null, 2) : '',
    skipUnchanged: settings.skipUnchanged === true,
    mode: settings.mode === 'publish' && view.mayPublish && view.draftAndPublish ? 'publish' : 'apply',
    priority: 'normal',
    startAt: null,
  };
}

/** The draft with a saved prompt put into it: its template, its fields and whatever else it brings along. */
export function withPrompt(draft: JobDraft, view: ContentTypeView, prompt: PromptView): JobDraft {
  const overwriteOf = (field: string) => draft.outputs.find((output) => output.field === field)?.overwrite;
  const outputs = prompt.outputs.map((output) => ({
    ...output,
    overwrite: output.overwrite ?? overwriteOf(output.field),
  }));
  return {
    ...draft,
    promptId: prompt.id,
    template: prompt.template,
    outputs: outputs.length > 0 ? toOutputDrafts(view.fields, outputs) : draft.outputs,
    systemMessage: prompt.systemMessage ?? draft.systemMessage,
    provider: prompt.provider ?? draft.provider,
    model: prompt.model ?? (prompt.provider ? '' : draft.model),
    html: prompt.html ?? draft.html,
  };
}

/** The draft with exactly one field to write. */
export function withOnlyField(draft: JobDraft, path: string, overwrite: 'always' | 'ifEmpty'): JobDraft {
  return {
    ...draft,
    outputs: draft.outputs.map((output) => ({
      ...output,
      chosen: output.field === path,
      overwrite: output.field === path ? overwrite : output.overwrite,
    })),
  };
}

/** The properties in the box, null where it is empty, or 'invalid' where they are not a JSON object. */
export function readExtra(extra: string): Record<string, unknown> | null | 'invalid' {
  if (extra.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(extra);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : 'invalid';
  } catch {
    return 'invalid';
  }
}

/** The settings of `fill-fields` that the draft asks for. */
export function settingsOf(draft: JobDraft, prompts: PromptView[]): Record<string, unknown> {
  const saved = prompts.find(({ id }) => id === draft.promptId);
  const extra = readExtra(draft.extra);
  return {
    provider: draft.provider,
    model: draft.model.trim(),
    ...(saved && saved.template === draft.template ? { promptId: saved.id } : { prompt: draft.template }),
    ...(draft.systemMessage.trim() === '' ? {} : { systemMessage: draft.systemMessage }),
    ...(draft.temperature === undefined ? {} : { temperature: draft.temperature }),
    ...(draft.maxTokens === undefined ? {} : { maxTokens: draft.maxTokens }),
    ...(extra === null || extra === 'invalid' ? {} : { extra }),
    html: draft.html,
    skipUnchanged: draft.skipUnchanged,
    mode: draft.mode,
    outputs: toOutputs(draft.outputs),
  };
}

/** The request that starts the job, or tries it on a few entries. */
export function bodyOf(draft: JobDraft, selection: Selection, prompts: PromptView[]): CreateJobBody {
  return {
    type: 'fill-fields',
    selection,
    settings: settingsOf(draft, prompts),
    ...(draft.title.trim() === '' ? {} : { title: draft.title.trim() }),
    ...(draft.priority === 'normal' ? {} : { priority: draft.priority }),
    ...(draft.startAt === null ? {} : { startAt: draft.startAt.toISOString() }),
  };
}
