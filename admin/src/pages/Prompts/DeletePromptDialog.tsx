import { Dialog } from '@strapi/design-system';
import { ConfirmDialog, useNotification } from '@strapi/strapi/admin';
import type { PromptView } from '../../../../server/src/contracts';
import { useDeletePromptMutation } from '../../api/prompts';
import { useErrorText } from '../../components/errors';
import { useText } from '../../components/text';

interface DeletePromptDialogProps {
  /** The prompt to delete; null while nothing is asked. */
  prompt: PromptView | null;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Asks before a prompt is deleted. Jobs keep the text they were made with. */
export function DeletePromptDialog({ prompt, onClose, onDeleted }: DeletePromptDialogProps) {
  const text = useText();
  const errorText = useErrorText();
  const { toggleNotification } = useNotification();
  const [deletePrompt] = useDeletePromptMutation();
  const confirm = async () => {
    if (!prompt) return;
    const answer = await deletePrompt(prompt.id);
    if ('error' in answer) {
      toggleNotification({ type: 'danger', message: errorText(answer.error) });
    } else {
      toggleNotification({ type: 'success', message: text('prompts.deleted', { name: prompt.name }) });
      onDeleted?.();
    }
    onClose();
  };
  return (
    <Dialog.Root open={prompt !== null} onOpenChange={(open: boolean) => (open ? undefined : onClose())}>
      <ConfirmDialog title={text('prompts.delete.title')} onConfirm={confirm} variant="danger-light">
        {text('prompts.delete.question', { name: prompt?.name ?? '', count: prompt?.usedBy ?? 0 })}
      </ConfirmDialog>
    </Dialog.Root>
  );
}
