import type {
  ContentTypeView,
  PromptView,
  ProviderView,
  JobDefaults,
} from '../../../../server/src/contracts';
import { bySetUp, canWork } from '../../components/provider-order';
import { draftFromSettings, withOnlyField, withPrompt, type JobDraft, type KnownSettings } from './draft';

interface Known {
  /** Settings of the job that this one repeats. */
  repeated: KnownSettings | null;
  /** What this person chose for the content type the last time. */
  remembered: KnownSettings | null;
  prompts: PromptView[];
  providers: ProviderView[];
  /** The administrators' defaults. */
  defaults: JobDefaults | null;
  /** The field the page was opened for. */
  field: string | null;
  /** Whether it was opened to fill what is empty; otherwise to write anew what is there. */
  onlyEmpty: boolean;
  locale: string | null;
}

/** The prompt to begin with: one that writes the wanted field, best in the language of the entries. */
function firstPrompt(view: ContentTypeView, known: Known): PromptView | undefined {
  const ofType = known.prompts.filter(({ contentType }) => contentType === view.uid);
  const fitting = known.field
    ? ofType.filter(({ outputs }) => outputs.some(({ field }) => field === known.field))
    : ofType;
  const language = known.locale?.split('-')[0];
  return fitting.find((prompt) => prompt.language?.split('-')[0] === language) ?? fitting[0];
}

function withProvider(draft: JobDraft, known: Known): JobDraft {
  const ready = bySetUp(known.providers).filter(canWork);
  const chosen = known.providers.find(({ name }) => name === draft.provider);
  const provider = chosen ?? ready.find(({ name }) => name === known.defaults?.provider) ?? ready[0];
  if (!provider) return draft;
  const model = provider === chosen ? draft.model : '';
  return { ...draft, provider: provider.name, model: model || (provider.defaultModel ?? '') };
}

/** The page's first draft for a content type: from an earlier job, else from last time, else from what fits. */
export function firstDraft(view: ContentTypeView, known: Known): JobDraft {
  if (known.repeated) return draftFromSettings(view, known.repeated, known.prompts);
  let draft = draftFromSettings(view, known.remembered ?? { mode: known.defaults?.mode }, known.prompts);
  const writesField = draft.outputs.some(({ field, chosen }) => field === known.field && chosen);
  if (draft.template === '' || (known.field && !writesField)) {
    const prompt = firstPrompt(view, known);
    if (prompt) draft = withPrompt(draft, view, prompt);
  }
  if (known.field) draft = withOnlyField(draft, known.field, known.onlyEmpty ? 'ifEmpty' : 'always');
  return withProvider(draft, known);
}
