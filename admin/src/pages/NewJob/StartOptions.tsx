import { DateTimePicker, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { errorAt, type ServerErrors } from '../../components/server-errors';
import { useText } from '../../components/text';
import type { JobDraft } from './draft';

const PRIORITIES = ['low', 'normal', 'high'] as const;

interface StartOptionsProps {
  draft: JobDraft;
  onChange: (draft: JobDraft) => void;
  errors: ServerErrors | null;
}

/** How the job is called, when it begins and how large a share of the workers it gets. */
export function StartOptions({ draft, onChange, errors }: StartOptionsProps) {
  const text = useText();
  const { locale } = useIntl();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Field.Root name="title" error={errorAt(errors, 'title')}>
        <Field.Label>{text('newJob.name')}</Field.Label>
        <Field.Input
          value={draft.title}
          maxLength={200}
          placeholder={text('newJob.name.example')}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
            onChange({ ...draft, title: event.target.value })
          }
        />
        <Field.Error />
      </Field.Root>
      <Field.Root name="startAt" error={errorAt(errors, 'startAt')} hint={text('newJob.startAt.hint')}>
        <Field.Label>{text('newJob.startAt')}</Field.Label>
        <DateTimePicker
          value={draft.startAt}
          locale={locale}
          dateLabel={text('newJob.startAt.date')}
          timeLabel={text('newJob.startAt.time')}
          onChange={(startAt: Date | undefined) => onChange({ ...draft, startAt: startAt ?? null })}
          onClear={() => onChange({ ...draft, startAt: null })}
          clearLabel={text('action.clear')}
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      <Field.Root name="priority" error={errorAt(errors, 'priority')}>
        <Field.Label>{text('setting.priority')}</Field.Label>
        <SingleSelect
          value={draft.priority}
          onChange={(value) =>
            onChange({ ...draft, priority: PRIORITIES.find((priority) => priority === value) ?? 'normal' })
          }
        >
          {PRIORITIES.map((priority) => (
            <SingleSelectOption key={priority} value={priority}>
              {text(`priority.${priority}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Error />
      </Field.Root>
    </Flex>
  );
}
