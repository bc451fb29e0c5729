import {
  Box,
  Checkbox,
  Field,
  Flex,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import type { FieldView } from '../../../../server/src/contracts';
import { useText } from '../text';
import type { OutputDraft } from './output-drafts';

interface OutputRowProps {
  field: FieldView;
  draft: OutputDraft;
  onChange: (draft: OutputDraft) => void;
  error?: string;
  disabled: boolean;
}

/** One field: whether it is written, how long, over what, and what is said to the model about it alone. */
export function OutputRow({ field, draft, onChange, error, disabled }: OutputRowProps) {
  const text = useText();
  const limit = draft.maxLength ?? field.maxLength;
  const tooLong =
    field.maxLength !== null && draft.maxLength !== undefined && draft.maxLength > field.maxLength
      ? text('outputs.tooLong', { field: field.label, maxLength: field.maxLength })
      : undefined;
  return (
    <Box padding={3} hasRadius borderColor="neutral150" background={draft.chosen ? 'neutral100' : 'neutral0'}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Checkbox
          checked={draft.chosen}
          disabled={disabled}
          onCheckedChange={(chosen) => onChange({ ...draft, chosen: chosen === true })}
        >
          {`${field.label}${limit === null ? '' : ` ≤ ${limit}`}`}
        </Checkbox>
        <Typography variant="pi" textColor="neutral600">
          {text(`outputs.kind.${field.kind}`)}
        </Typography>
      </Flex>
      {error ? (
        <Typography variant="pi" textColor="danger600" role="alert">
          {error}
        </Typography>
      ) : null}
      {draft.chosen ? (
        <Flex gap={4} paddingTop={3} alignItems="flex-start" wrap="wrap">
          <Field.Root name={`overwrite-${field.path}`} flex="1 1 18rem">
            <Field.Label>{text('outputs.overwrite')}</Field.Label>
            <SingleSelect
              value={draft.overwrite}
              disabled={disabled}
              onChange={(overwrite) =>
                onChange({ ...draft, overwrite: overwrite === 'always' ? 'always' : 'ifEmpty' })
              }
            >
              <SingleSelectOption value="ifEmpty">{text('outputs.overwrite.ifEmpty')}</SingleSelectOption>
              <SingleSelectOption value="always">{text('outputs.overwrite.always')}</SingleSelectOption>
            </SingleSelect>
          </Field.Root>
          {field.kind === 'enumeration' || field.kind === 'json' ? null : (
            <Field.Root name={`max-length-${field.path}`} error={tooLong} flex="1 1 12rem">
              <Field.Label>{text('outputs.maxLength')}</Field.Label>
              <NumberInput
                value={draft.maxLength}
                placeholder={field.maxLength === null ? text('outputs.noLimit') : String(field.maxLength)}
                disabled={disabled}
                onValueChange={(maxLength) => onChange({ ...draft, maxLength })}
              />
              <Field.Error />
            </Field.Root>
          )}
          <Field.Root name={`instructions-${field.path}`} flex="3 1 28rem">
            <Field.Label>{text('outputs.instructions')}</Field.Label>
            <Field.Input
              value={draft.instructions}
              maxLength={2_000}
              disabled={disabled}
              placeholder={text('outputs.instructions.example')}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
                onChange({ ...draft, instructions: event.target.value })
              }
            />
          </Field.Root>
        </Flex>
      ) : null}
    </Box>
  );
}
