import { Field, NumberInput } from '@strapi/design-system';
import { useText } from '../../components/text';

interface WholeNumberFieldProps {
  name: string;
  label: string;
  hint?: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  minimum: number;
  maximum: number;
  /** Whether it may stay empty. */
  optional?: boolean;
  placeholder?: string;
  error?: string;
  disabled: boolean;
}

/** Whether a number of the form can be saved. */
export function isWholeBetween(value: number | undefined, minimum: number, maximum: number): boolean {
  return value !== undefined && Number.isInteger(value) && value >= minimum && value <= maximum;
}

/** A whole number within bounds, with its fault said beside it. */
export function WholeNumberField(props: WholeNumberFieldProps) {
  const { name, label, hint, value, onChange, minimum, maximum, optional, placeholder, error, disabled } =
    props;
  const text = useText();
  const fits = (optional && value === undefined) || isWholeBetween(value, minimum, maximum);
  return (
    <Field.Root
      name={name}
      hint={hint}
      error={fits ? error : text('settings.wholeNumber', { minimum, maximum })}
      flex="1 1 18rem"
    >
      <Field.Label>{label}</Field.Label>
      <NumberInput value={value} placeholder={placeholder} disabled={disabled} onValueChange={onChange} />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
