import { useState } from 'react';
import { Button, Field, Textarea } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { useListContentTypesQuery } from '../../api/content-types';
import { errorAt } from '../../components/server-errors';
import { useText } from '../../components/text';
import { Section } from './Section';
import { useSaveSettings } from './use-save-settings';

interface SystemMessagesProps {
  /** By content type; a type without one uses the built-in message. */
  systemMessages: Record<string, string>;
  mayUpdate: boolean;
}

/** What every job of a content type tells the model first, unless its prompt or the job says something else. */
export function SystemMessages({ systemMessages, mayUpdate }: SystemMessagesProps) {
  const text = useText();
  const { data } = useListContentTypesQuery();
  const { save, isSaving, errors } = useSaveSettings();
  const [edited, setEdited] = useState<Record<string, string>>({});
  const contentTypes = data?.data ?? [];
  if (contentTypes.length === 0) return null;

  const submit = async () => {
    const change = Object.entries(edited).map(([uid, message]) => [uid, message.trim() || null] as const);
    if (await save({ systemMessages: Object.fromEntries(change) })) setEdited({});
  };

  return (
    <Section
      title={text('settings.systemMessages.title')}
      explanation={text('settings.systemMessages.explanation')}
      action={
        mayUpdate ? (
          <Button
            startIcon={<Check />}
            loading={isSaving}
            disabled={Object.keys(edited).length === 0}
            onClick={() => void submit()}
          >
            {text('action.save')}
          </Button>
        ) : undefined
      }
    >
      {contentTypes.map(({ uid, label, defaultSystemMessage }) => (
        <Field.Root key={uid} name={`system-${uid}`} error={errorAt(errors, `systemMessages.${uid}`)}>
          <Field.Label>{label}</Field.Label>
          <Textarea
            value={edited[uid] ?? systemMessages[uid] ?? ''}
            placeholder={defaultSystemMessage}
            disabled={!mayUpdate}
            onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) =>
              setEdited({ ...edited, [uid]: event.target.value })
            }
          />
          <Field.Error />
        </Field.Root>
      ))}
    </Section>
  );
}
