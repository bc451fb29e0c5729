import { Flex, Typography } from '@strapi/design-system';
import type { FieldView } from '../../../../server/src/contracts';
import { errorAt, errorOf, type ServerErrors } from '../server-errors';
import { useText } from '../text';
import { OutputRow } from './OutputRow';
import { toOutputs, type OutputDraft } from './output-drafts';

interface OutputsEditorProps {
  fields: FieldView[];
  drafts: OutputDraft[];
  onChange: (drafts: OutputDraft[]) => void;
  errors: ServerErrors | null;
  /** Where the outputs stand in the request: `settings.outputs` or `outputs`. */
  errorPath: string;
  disabled?: boolean;
}

/** The fields that may be written, one line each. */
export function OutputsEditor(props: OutputsEditorProps) {
  const { fields, drafts, onChange, errors, errorPath, disabled = false } = props;
  const text = useText();
  const sent = toOutputs(drafts);
  const errorOfField = (field: string) => {
    const position = sent.findIndex((output) => output.field === field);
    return position < 0 ? undefined : errorAt(errors, `${errorPath}.${position}`);
  };
  const errorOfAll = errorOf(errors, errorPath);
  return (
    <Flex
      direction="column"
      alignItems="stretch"
      gap={2}
      role="group"
      aria-labelledby="ai-jobs-outputs-title"
    >
      <Typography id="ai-jobs-outputs-title" variant="pi" fontWeight="bold">
        {text('outputs.title')}
      </Typography>
      {errorOfAll ? (
        <Typography variant="pi" textColor="danger600" role="alert">
          {errorOfAll}
        </Typography>
      ) : null}
      {drafts.map((draft) => {
        const field = fields.find(({ path }) => path === draft.field);
        return field === undefined ? null : (
          <OutputRow
            key={draft.field}
            field={field}
            draft={draft}
            error={errorOfField(draft.field)}
            disabled={disabled}
            onChange={(changed) =>
              onChange(drafts.map((other) => (other.field === changed.field ? changed : other)))
            }
          />
        );
      })}
    </Flex>
  );
}
