import { useState } from 'react';
import { Button, Field, Flex, NumberInput, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { SettingsView } from '../../../../server/src/contracts';
import { ProviderSelect } from '../../components/prompt/ProviderSelect';
import { errorAt } from '../../components/server-errors';
import { useText } from '../../components/text';
import { Section } from './Section';
import { SystemMessages } from './SystemMessages';
import { useSaveSettings } from './use-save-settings';
import { isWholeBetween, WholeNumberField } from './WholeNumberField';

const MAX_TOKENS = 200_000;

interface DefaultsTabProps {
  settings: SettingsView;
  mayUpdate: boolean;
}

/** What a new job begins with, until a person chooses otherwise. */
export function DefaultsTab({ settings, mayUpdate }: DefaultsTabProps) {
  const text = useText();
  const { save, isSaving, errors } = useSaveSettings();
  const [provider, setProvider] = useState(settings.defaults.provider ?? '');
  const [temperature, setTemperature] = useState(settings.defaults.temperature ?? undefined);
  const [maxTokens, setMaxTokens] = useState(settings.defaults.maxTokens ?? undefined);
  const [mode, setMode] = useState(settings.defaults.mode);
  const tooWarm = temperature !== undefined && (temperature < 0 || temperature > 2);
  const valid = !tooWarm && (maxTokens === undefined || isWholeBetween(maxTokens, 1, MAX_TOKENS));

  const defaults = {
    provider: provider === '' ? null : provider,
    temperature: temperature ?? null,
    maxTokens: maxTokens ?? null,
    mode,
  };
  const isChanged =
    defaults.provider !== settings.defaults.provider ||
    defaults.temperature !== settings.defaults.temperature ||
    defaults.maxTokens !== settings.defaults.maxTokens ||
    mode !== settings.defaults.mode;

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Section
        title={text('settings.defaults.title')}
        explanation={text('settings.defaults.explanation')}
        action={
          mayUpdate ? (
            <Button
              startIcon={<Check />}
              loading={isSaving}
              disabled={!valid || !isChanged}
              onClick={() => void save({ defaults })}
            >
              {text('action.save')}
            </Button>
          ) : undefined
        }
      >
        <Flex gap={4} wrap="wrap" alignItems="flex-start">
          <ProviderSelect
            providers={settings.providers}
            value={provider}
            onChange={setProvider}
            error={errorAt(errors, 'defaults.provider')}
            disabled={!mayUpdate}
          />
          <Field.Root name="defaultMode" flex="1 1 20rem" error={errorAt(errors, 'defaults.mode')}>
            <Field.Label>{text('newJob.mode')}</Field.Label>
            <SingleSelect
              value={mode}
              disabled={!mayUpdate}
              onChange={(value) => setMode(value === 'publish' ? 'publish' : 'apply')}
            >
              <SingleSelectOption value="apply">{text('newJob.mode.apply')}</SingleSelectOption>
              <SingleSelectOption value="publish">{text('newJob.mode.publish')}</SingleSelectOption>
            </SingleSelect>
            <Field.Error />
          </Field.Root>
        </Flex>
        <Flex gap={4} wrap="wrap" alignItems="flex-start">
          <Field.Root
            name="defaultTemperature"
            flex="1 1 18rem"
            hint={text('model.temperature.hint')}
            error={tooWarm ? text('model.temperature.range') : errorAt(errors, 'defaults.temperature')}
          >
            <Field.Label>{text('model.temperature')}</Field.Label>
            <NumberInput
              value={temperature}
              step={0.1}
              placeholder={text('model.default')}
              disabled={!mayUpdate}
              onValueChange={setTemperature}
            />
            <Field.Hint />
            <Field.Error />
          </Field.Root>
          <WholeNumberField
            name="defaultMaxTokens"
            label={text('model.maxTokens')}
            hint={text('model.maxTokens.hint')}
            value={maxTokens}
            onChange={setMaxTokens}
            minimum={1}
            maximum={MAX_TOKENS}
            optional
            placeholder={text('model.default')}
            error={errorAt(errors, 'defaults.maxTokens')}
            disabled={!mayUpdate}
          />
        </Flex>
      </Section>
      <SystemMessages systemMessages={settings.systemMessages} mayUpdate={mayUpdate} />
    </Flex>
  );
}
