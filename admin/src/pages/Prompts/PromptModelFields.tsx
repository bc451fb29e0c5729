import { Checkbox, Field, Flex, Textarea } from '@strapi/design-system';
import type { ProviderView } from '../../../../server/src/contracts';
import { ModelCombobox } from '../../components/prompt/ModelCombobox';
import { ProviderSelect } from '../../components/prompt/ProviderSelect';
import { errorAt, type ServerErrors } from '../../components/server-errors';
import { useText } from '../../components/text';
import type { PromptDraft } from './prompt-draft';

interface PromptModelFieldsProps {
  draft: PromptDraft;
  onChange: (draft: PromptDraft) => void;
  providers: ProviderView[];
  defaultSystemMessage: string;
  errors: ServerErrors | null;
  disabled: boolean;
}

/** What a job begins with when it takes this prompt; none of it has to be set. */
export function PromptModelFields(props: PromptModelFieldsProps) {
  const { draft, onChange, providers, defaultSystemMessage, errors, disabled } = props;
  const text = useText();
  const provider = providers.find(({ name }) => name === draft.provider);
  return (
    <Flex direction="column" alignItems="stretch" gap={4} paddingTop={4}>
      <Flex gap={4} wrap="wrap" alignItems="flex-start">
        <ProviderSelect
          providers={providers}
          value={draft.provider}
          onChange={(name) => onChange({ ...draft, provider: name, model: '' })}
          error={errorAt(errors, 'provider')}
          disabled={disabled}
        />
        <ModelCombobox
          provider={draft.provider}
          listable={provider?.ready ?? false}
          value={draft.model}
          onChange={(model) => onChange({ ...draft, model })}
          placeholder={provider?.defaultModel ?? undefined}
          error={errorAt(errors, 'model')}
          disabled={disabled}
        />
      </Flex>
      <Field.Root
        name="systemMessage"
        hint={text('model.systemMessage.hint')}
        error={errorAt(errors, 'systemMessage')}
      >
        <Field.Label>{text('model.systemMessage')}</Field.Label>
        <Textarea
          value={draft.systemMessage}
          placeholder={defaultSystemMessage}
          disabled={disabled}
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) =>
            onChange({ ...draft, systemMessage: event.target.value })
          }
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      <Checkbox
        checked={draft.html}
        disabled={disabled}
        onCheckedChange={(html) => onChange({ ...draft, html: html === true })}
      >
        {text('model.html')}
      </Checkbox>
    </Flex>
  );
}
