import { useNotification } from '@strapi/strapi/admin';
import type { ContentTypeView, PromptView, SavePromptBody } from '../../../../server/src/contracts';
import { useCreatePromptMutation, useUpdatePromptMutation } from '../../api/prompts';
import { useErrorText } from '../../components/errors';
import { toOutputs } from '../../components/prompt/output-drafts';
import { useText } from '../../components/text';
import type { JobDraft } from './draft';

interface PromptSaving {
  isSaving: boolean;
  /** Saves the draft's prompt under a new name; true when it is done. */
  create: (name: string) => Promise<boolean>;
  /** Saves the draft's prompt as a new version of a saved one; true when it is done. */
  update: (prompt: PromptView) => Promise<boolean>;
}

/** Keeps what was written in the job's form as a prompt, for the next job. */
export function usePromptSaving(
  view: ContentTypeView,
  draft: JobDraft,
  onSaved: (prompt: PromptView) => void
): PromptSaving {
  const text = useText();
  const errorText = useErrorText();
  const { toggleNotification } = useNotification();
  const [createPrompt, creating] = useCreatePromptMutation();
  const [updatePrompt, updating] = useUpdatePromptMutation();

  const body = (name: string, language: string | null): SavePromptBody => ({
    name,
    contentType: view.uid,
    template: draft.template,
    outputs: toOutputs(draft.outputs),
    systemMessage: draft.systemMessage.trim() === '' ? null : draft.systemMessage,
    provider: draft.provider === '' ? null : draft.provider,
    model: draft.model.trim() === '' ? null : draft.model.trim(),
    html: draft.html,
    language,
  });
  const finish = (answer: { data?: { data: PromptView }; error?: unknown }) => {
    if (!answer.data) {
      toggleNotification({ type: 'danger', message: errorText(answer.error) });
      return false;
    }
    const { name, version } = answer.data.data;
    toggleNotification({ type: 'success', message: text('prompts.saved', { name, version }) });
    onSaved(answer.data.data);
    return true;
  };

  return {
    isSaving: creating.isLoading || updating.isLoading,
    create: async (name) => finish(await createPrompt(body(name, null))),
    update: async (prompt) =>
      finish(await updatePrompt({ id: prompt.id, body: body(prompt.name, prompt.language) })),
  };
}
