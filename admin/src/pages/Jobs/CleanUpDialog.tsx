import { useState } from 'react';
import { Button, Dialog, Field, Flex, NumberInput, Typography } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { ConfirmDialog, useNotification } from '@strapi/strapi/admin';
import { useCleanJobsMutation } from '../../api/jobs';
import { useErrorText } from '../../components/errors';
import { useText } from '../../components/text';

const DEFAULT_DAYS = 30;
const MOST_DAYS = 36_500;

/** Deletes ended jobs older than a number of days, after asking for it. */
export function CleanUpDialog() {
  const text = useText();
  const errorText = useErrorText();
  const { toggleNotification } = useNotification();
  const [open, setOpen] = useState(false);
  const [days, setDays] = useState<number | undefined>(DEFAULT_DAYS);
  const [clean, { isLoading }] = useCleanJobsMutation();
  const valid = days !== undefined && Number.isInteger(days) && days >= 0 && days <= MOST_DAYS;

  const confirm = async () => {
    if (!valid) return;
    try {
      const { data } = await clean({ olderThanDays: days }).unwrap();
      toggleNotification({ type: 'success', message: text('clean.done', { count: data.deleted }) });
      setOpen(false);
    } catch (error) {
      toggleNotification({ type: 'danger', message: errorText(error) });
    }
  };

  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger>
        <Button variant="tertiary" startIcon={<Trash />} size="L">
          {text('clean.open')}
        </Button>
      </Dialog.Trigger>
      <ConfirmDialog
        title={text('clean.title')}
        startAction={
          <Dialog.Cancel>
            <Button variant="tertiary" fullWidth>
              {text('action.goBack')}
            </Button>
          </Dialog.Cancel>
        }
        endAction={
          <Button
            variant="danger-light"
            fullWidth
            loading={isLoading}
            disabled={!valid}
            onClick={() => void confirm()}
          >
            {text('clean.confirm')}
          </Button>
        }
      >
        <Flex direction="column" alignItems="stretch" gap={4} width="100%">
          <Typography>{text('clean.explain')}</Typography>
          <Field.Root name="olderThanDays" error={valid ? false : text('clean.invalid')}>
            <Field.Label>{text('clean.days')}</Field.Label>
            <NumberInput value={days} onValueChange={setDays} />
            <Field.Error />
          </Field.Root>
        </Flex>
      </ConfirmDialog>
    </Dialog.Root>
  );
}
