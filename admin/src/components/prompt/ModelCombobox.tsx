import { useState } from 'react';
import { Combobox, ComboboxOption, Field } from '@strapi/design-system';
import { useListModelsQuery } from '../../api/providers';
import { useText } from '../text';

interface ModelComboboxProps {
  /** The provider whose models are offered; '' for none. */
  provider: string;
  /** False: its models are not asked for. */
  listable: boolean;
  /** What the field is called; by default “Model”. */
  label?: string;
  value: string;
  onChange: (model: string) => void;
  /** What is taken where the field stays empty. */
  placeholder?: string;
  error?: string;
  required?: boolean;
  disabled?: boolean;
}

/** A model's name: picked from what the provider lists, or typed where it lists none or not all. */
export function ModelCombobox(props: ModelComboboxProps) {
  const {
    provider,
    listable,
    label,
    value,
    onChange,
    placeholder,
    error,
    required = false,
    disabled = false,
  } = props;
  const text = useText();
  const models = useListModelsQuery(provider, { skip: provider === '' || !listable });
  const listed = models.currentData?.data ?? [];
  // Opened on a chosen model the list is whole; only what is typed since narrows it.
  const [typing, setTyping] = useState(false);
  return (
    <Field.Root
      name="model"
      error={error}
      required={required}
      flex="1 1 24rem"
      hint={models.isError ? text('model.listFailed') : undefined}
    >
      <Field.Label>{label ?? text('model.model')}</Field.Label>
      <Combobox
        autocomplete={typing ? { type: 'list', filter: 'contains' } : 'none'}
        onInputChange={() => setTyping(true)}
        onOpenChange={(open: boolean) => setTyping((typed) => open && typed)}
        allowCustomValue
        value={value}
        textValue={value}
        onTextValueChange={(model) => onChange(model ?? '')}
        placeholder={placeholder ?? text('model.choose')}
        loading={models.isFetching}
        loadingMessage={text('model.loading')}
        noOptionsMessage={() => text('model.useTyped')}
        disabled={disabled}
      >
        {listed.map(({ id, label: name }) => (
          <ComboboxOption key={id} value={id} textValue={id}>
            {name === id ? id : `${id} (${name})`}
          </ComboboxOption>
        ))}
      </Combobox>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
