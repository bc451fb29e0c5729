import { useCallback, useState, type ReactNode } from 'react';
import { Button, Dialog } from '@strapi/design-system';
import { ConfirmDialog, useNotification } from '@strapi/strapi/admin';
import type { ItemView } from '../../../../server/src/contracts';
import { useItemActionMutation } from '../../api/jobs';
import { useErrorText } from '../../components/errors';
import { useText } from '../../components/text';

export interface ItemActions {
  retry: (item: ItemView) => void;
  /** Asks first. */
  undo: (item: ItemView) => void;
  /** The confirmation; render it once. */
  dialog: ReactNode;
}

/** What a person can have done with one item of a job. */
export function useItemActions(jobId: string): ItemActions {
  const text = useText();
  const errorText = useErrorText();
  const { toggleNotification } = useNotification();
  const [post, { isLoading }] = useItemActionMutation();
  const [undoing, setUndoing] = useState<ItemView | null>(null);

  const perform = useCallback(
    async (item: ItemView, action: 'retry' | 'undo') => {
      try {
        await post({ jobId, itemId: item.id, action }).unwrap();
        toggleNotification({
          type: 'success',
          message: text(`itemAction.${action}.done`, { label: item.label }),
        });
      } catch (error) {
        toggleNotification({ type: 'danger', message: errorText(error) });
      } finally {
        setUndoing(null);
      }
    },
    [errorText, jobId, post, text, toggleNotification]
  );

  const dialog = (
    <Dialog.Root open={undoing !== null} onOpenChange={(open) => (open ? undefined : setUndoing(null))}>
      {undoing === null ? null : (
        <ConfirmDialog
          title={text('itemAction.undo.title', { label: undoing.label })}
          startAction={
            <Dialog.Cancel>
              <Button variant="tertiary" fullWidth>
                {text('action.goBack')}
              </Button>
            </Dialog.Cancel>
          }
          endAction={
            <Button fullWidth loading={isLoading} onClick={() => void perform(undoing, 'undo')}>
              {text('itemAction.undo.confirm')}
            </Button>
          }
        >
          {text('itemAction.undo.explain')}
        </ConfirmDialog>
      )}
    </Dialog.Root>
  );
  return { retry: (item) => void perform(item, 'retry'), undo: setUndoing, dialog };
}
