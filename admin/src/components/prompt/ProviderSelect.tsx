import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import type { ProviderView } from '../../../../server/src/contracts';
import { bySetUp, canWork } from '../provider-order';
import { useReasonText } from '../reason';
import { useText } from '../text';

interface ProviderSelectProps {
  providers: ProviderView[];
  /** A provider's name, or '' for none. */
  value: string;
  onChange: (name: string) => void;
  error?: string;
  required?: boolean;
  disabled?: boolean;
}

/** The AI services that are set up; one that is not ready is shown with its reason and cannot be chosen; one that is silent can. */
export function ProviderSelect(props: ProviderSelectProps) {
  const { providers, value, onChange, error, required = false, disabled = false } = props;
  const text = useText();
  const reasonText = useReasonText();
  const chosen = providers.find(({ name }) => name === value);
  const notReady = chosen && !chosen.ready && chosen.reason ? reasonText(chosen.reason) : undefined;
  const optionText = (provider: ProviderView): string => {
    const { label, ready, reason } = provider;
    if (canWork(provider)) return label;
    if (ready) return text('model.notReady', { label, reason: text('model.silent') });
    return text('model.notReady', { label, reason: reason ? reasonText(reason) : text('model.notSetUp') });
  };
  return (
    <Field.Root name="provider" error={error ?? notReady} required={required} flex="1 1 20rem">
      <Field.Label>{text('model.provider')}</Field.Label>
      <SingleSelect
        value={value === '' ? null : value}
        placeholder={text('model.provider.choose')}
        disabled={disabled}
        onChange={(name) => onChange(String(name))}
        onClear={required ? undefined : () => onChange('')}
        clearLabel={text('action.clear')}
      >
        {bySetUp(providers).map((provider) => (
          <SingleSelectOption key={provider.name} value={provider.name} disabled={!provider.ready}>
            {optionText(provider)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Error />
    </Field.Root>
  );
}
