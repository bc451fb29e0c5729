import { Checkbox, Field, Flex, JSONInput, NumberInput, Textarea } from '@strapi/design-system';
import type { ContentTypeView } from '../../../../server/src/contracts';
import { errorAt, type ServerErrors } from '../../components/server-errors';
import { useText } from '../../components/text';
import { readExtra, type JobDraft } from './draft';

interface MoreModelSettingsProps {
  view: ContentTypeView;
  draft: JobDraft;
  onChange: (draft: JobDraft) => void;
  errors: ServerErrors | null;
}

/** What few jobs need: temperature, length, system message, HTML, further properties. */
export function MoreModelSettings({ view, draft, onChange, errors }: MoreModelSettingsProps) {
  const text = useText();
  const tooWarm = draft.temperature !== undefined && (draft.temperature < 0 || draft.temperature > 2);
  const extraIsInvalid = readExtra(draft.extra) === 'invalid';
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex gap={4} wrap="wrap" alignItems="flex-start">
        <Field.Root
          name="temperature"
          flex="1 1 16rem"
          hint={text('model.temperature.hint')}
          error={tooWarm ? text('model.temperature.range') : errorAt(errors, 'settings.temperature')}
        >
          <Field.Label>{text('model.temperature')}</Field.Label>
          <NumberInput
            value={draft.temperature}
            step={0.1}
            placeholder={text('model.default')}
            onValueChange={(temperature) => onChange({ ...draft, temperature })}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
        <Field.Root
          name="maxTokens"
          flex="1 1 16rem"
          hint={text('model.maxTokens.hint')}
          error={errorAt(errors, 'settings.maxTokens')}
        >
          <Field.Label>{text('model.maxTokens')}</Field.Label>
          <NumberInput
            value={draft.maxTokens}
            placeholder={text('model.default')}
            onValueChange={(maxTokens) => onChange({ ...draft, maxTokens })}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </Flex>
      <Field.Root
        name="systemMessage"
        hint={text('model.systemMessage.hint')}
        error={errorAt(errors, 'settings.systemMessage')}
      >
        <Field.Label>{text('model.systemMessage')}</Field.Label>
        <Textarea
          value={draft.systemMessage}
          placeholder={view.defaultSystemMessage}
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) =>
            onChange({ ...draft, systemMessage: event.target.value })
          }
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      <Checkbox checked={draft.html} onCheckedChange={(html) => onChange({ ...draft, html: html === true })}>
        {text('model.html')}
      </Checkbox>
      <Checkbox
        checked={draft.skipUnchanged}
        onCheckedChange={(skipUnchanged) => onChange({ ...draft, skipUnchanged: skipUnchanged === true })}
      >
        {text('model.skipUnchanged')}
      </Checkbox>
      <Field.Root
        name="extra"
        hint={text('model.extra.hint')}
        error={extraIsInvalid ? text('model.extra.invalid') : errorAt(errors, 'settings.extra')}
      >
        <Field.Label>{text('model.extra')}</Field.Label>
        <JSONInput
          value={draft.extra}
          minHeight="8rem"
          onChange={(extra: string) => onChange({ ...draft, extra })}
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
    </Flex>
  );
}
