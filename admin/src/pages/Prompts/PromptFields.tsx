import { Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import type { ContentTypeView } from '../../../../server/src/contracts';
import { errorAt, type ServerErrors } from '../../components/server-errors';
import { useText } from '../../components/text';
import { withContentType, type PromptDraft } from './prompt-draft';

interface PromptFieldsProps {
  draft: PromptDraft;
  onChange: (draft: PromptDraft) => void;
  contentTypes: ContentTypeView[];
  errors: ServerErrors | null;
  disabled: boolean;
}

/** What a prompt is called, what it is for and in which language it writes. */
export function PromptFields({ draft, onChange, contentTypes, errors, disabled }: PromptFieldsProps) {
  const text = useText();
  const chooseType = (uid: string) => {
    const view = contentTypes.find((candidate) => candidate.uid === uid);
    if (view) onChange(withContentType(draft, view));
  };
  return (
    <Flex gap={4} wrap="wrap" alignItems="flex-start">
      <Field.Root name="name" required error={errorAt(errors, 'name')} flex="2 1 24rem">
        <Field.Label>{text('prompts.name')}</Field.Label>
        <Field.Input
          value={draft.name}
          maxLength={120}
          disabled={disabled}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
            onChange({ ...draft, name: event.target.value })
          }
        />
        <Field.Error />
      </Field.Root>
      <Field.Root name="contentType" required error={errorAt(errors, 'contentType')} flex="1 1 18rem">
        <Field.Label>{text('prompts.contentType')}</Field.Label>
        <SingleSelect
          value={draft.contentType}
          disabled={disabled}
          onChange={(uid) => chooseType(String(uid))}
        >
          {contentTypes.map(({ uid, label }) => (
            <SingleSelectOption key={uid} value={uid}>
              {label}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Error />
      </Field.Root>
      <Field.Root
        name="language"
        error={errorAt(errors, 'language')}
        hint={text('prompts.language.hint')}
        flex="1 1 12rem"
      >
        <Field.Label>{text('prompts.language')}</Field.Label>
        <Field.Input
          value={draft.language}
          maxLength={35}
          placeholder="en"
          disabled={disabled}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
            onChange({ ...draft, language: event.target.value })
          }
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
    </Flex>
  );
}
