import type { ContentTypeView, PromptView, SavePromptBody } from '../../../../server/src/contracts';
import { toOutputDrafts, toOutputs, type OutputDraft } from '../../components/prompt/output-drafts';

/** A prompt as its form shows it; '' stands for what is not set. */
export interface PromptDraft {
  name: string;
  contentType: string;
  template: string;
  outputs: OutputDraft[];
  systemMessage: string;
  provider: string;
  model: string;
  html: boolean;
  language: string;
}

/** The form's first content: a saved prompt's, or an empty one for the first content type. */
export function promptDraft(prompt: PromptView | null, contentTypes: ContentTypeView[]): PromptDraft {
  const contentType = prompt?.contentType ?? contentTypes[0]?.uid ?? '';
  const view = contentTypes.find(({ uid }) => uid === contentType);
  return {
    name: prompt?.name ?? '',
    contentType,
    template: prompt?.template ?? '',
    outputs: toOutputDrafts(view?.fields ?? [], prompt?.outputs ?? []),
    systemMessage: prompt?.systemMessage ?? '',
    provider: prompt?.provider ?? '',
    model: prompt?.model ?? '',
    html: prompt?.html ?? false,
    language: prompt?.language ?? '',
  };
}

/** The draft for another content type, which has other fields. */
export function withContentType(draft: PromptDraft, view: ContentTypeView): PromptDraft {
  return {
    ...draft,
    contentType: view.uid,
    outputs: toOutputDrafts(view.fields, toOutputs(draft.outputs)),
  };
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** The request that saves the draft. */
export function promptBody(draft: PromptDraft): SavePromptBody {
  return {
    name: draft.name.trim(),
    contentType: draft.contentType,
    template: draft.template,
    outputs: toOutputs(draft.outputs),
    systemMessage: orNull(draft.systemMessage),
    provider: orNull(draft.provider),
    model: orNull(draft.model),
    html: draft.html,
    language: orNull(draft.language),
  };
}
