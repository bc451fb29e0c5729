import { useState } from 'react';
import { Button, Field, Flex, Typography } from '@strapi/design-system';
import type { ProviderView, SettingSource, UpdateSettingsBody } from '../../../../server/src/contracts';
import { ModelCombobox } from '../../components/prompt/ModelCombobox';
import { errorAt } from '../../components/server-errors';
import { useText } from '../../components/text';
import { useSaveSettings } from './use-save-settings';
import { isWholeBetween, WholeNumberField } from './WholeNumberField';

type Change = NonNullable<UpdateSettingsBody['providers']>[string];

const MAX_PARALLEL = 1_000;
const MAX_PER_MINUTE = 1_000_000;
const MAX_TOKENS_PER_MINUTE = 1_000_000_000;

/** What is set outside of this page cannot be changed on it. */
const isFixed = (source: SettingSource) => source === 'environment' || source === 'configuration';

interface ProviderFormProps {
  provider: ProviderView;
  canStoreKeys: boolean;
  onDone: () => void;
}

/** Changes what a provider is set up with. A key is only ever written, never shown. */
export function ProviderForm({ provider, canStoreKeys, onDone }: ProviderFormProps) {
  const text = useText();
  const { save, isSaving, errors } = useSaveSettings();
  const keyIsFixed = isFixed(provider.keySource);
  const addressIsFixed = isFixed(provider.baseUrlSource);
  const [apiKey, setApiKey] = useState('');
  const [baseUrl, setBaseUrl] = useState(provider.baseUrl ?? '');
  const [model, setModel] = useState(provider.defaultModel ?? '');
  const [maxParallel, setMaxParallel] = useState<number | undefined>(provider.maxParallel);
  const [perMinute, setPerMinute] = useState(provider.requestsPerMinute ?? undefined);
  const [tokens, setTokens] = useState(provider.tokensPerMinute ?? undefined);
  const at = (property: string) => errorAt(errors, `providers.${provider.name}.${property}`);
  const valid =
    isWholeBetween(maxParallel, 1, MAX_PARALLEL) &&
    (perMinute === undefined || isWholeBetween(perMinute, 1, MAX_PER_MINUTE)) &&
    (tokens === undefined || isWholeBetween(tokens, 1, MAX_TOKENS_PER_MINUTE));

  const send = async (change: Change) => {
    if (await save({ providers: { [provider.name]: change } })) onDone();
  };
  const submit = () =>
    send({
      ...(apiKey.trim() === '' ? {} : { apiKey: apiKey.trim() }),
      ...(addressIsFixed || baseUrl.trim() === (provider.baseUrl ?? '')
        ? {}
        : { baseUrl: baseUrl.trim() === '' ? null : baseUrl.trim() }),
      ...(model.trim() === (provider.defaultModel ?? '')
        ? {}
        : { defaultModel: model.trim() === '' ? null : model.trim() }),
      ...(maxParallel === provider.maxParallel ? {} : { maxParallel }),
      ...(perMinute === (provider.requestsPerMinute ?? undefined)
        ? {}
        : { requestsPerMinute: perMinute ?? null }),
      ...(tokens === (provider.tokensPerMinute ?? undefined) ? {} : { tokensPerMinute: tokens ?? null }),
    });

  return (
    <Flex
      tag="form"
      direction="column"
      alignItems="stretch"
      gap={4}
      aria-label={text('settings.provider.editNamed', { label: provider.label })}
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Flex gap={4} wrap="wrap" alignItems="flex-start">
        <Field.Root
          name={`${provider.name}-key`}
          error={at('apiKey')}
          hint={
            keyIsFixed
              ? text('settings.provider.keyFixed', { source: text(`settings.source.${provider.keySource}`) })
              : text(canStoreKeys ? 'settings.provider.keyHint' : 'settings.cannotStoreKeys')
          }
          flex="1 1 28rem"
        >
          <Field.Label>{text('settings.provider.key')}</Field.Label>
          <Field.Input
            type="password"
            autoComplete="new-password"
            value={apiKey}
            maxLength={1_000}
            disabled={keyIsFixed || !canStoreKeys}
            placeholder={provider.keyLastFour ? `••••${provider.keyLastFour}` : ''}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => setApiKey(event.target.value)}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
        <Field.Root
          name={`${provider.name}-address`}
          error={at('baseUrl')}
          hint={
            addressIsFixed
              ? text('settings.provider.addressFixed', {
                  source: text(`settings.source.${provider.baseUrlSource}`),
                })
              : text('settings.provider.addressHint')
          }
          flex="1 1 28rem"
        >
          <Field.Label>{text('settings.provider.address')}</Field.Label>
          <Field.Input
            type="url"
            value={baseUrl}
            maxLength={500}
            disabled={addressIsFixed}
            placeholder="https://"
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => setBaseUrl(event.target.value)}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </Flex>
      <Flex gap={4} wrap="wrap" alignItems="flex-start">
        <ModelCombobox
          provider={provider.name}
          listable={provider.ready}
          label={text('settings.provider.model')}
          value={model}
          onChange={setModel}
          error={at('defaultModel')}
        />
        <WholeNumberField
          name={`${provider.name}-parallel`}
          label={text('settings.provider.maxParallel')}
          hint={text('settings.provider.maxParallelHint')}
          value={maxParallel}
          onChange={setMaxParallel}
          minimum={1}
          maximum={MAX_PARALLEL}
          error={at('maxParallel')}
          disabled={false}
        />
        <WholeNumberField
          name={`${provider.name}-rate`}
          label={text('settings.provider.perMinute')}
          placeholder={text('settings.provider.noRate')}
          value={perMinute}
          onChange={setPerMinute}
          minimum={1}
          maximum={MAX_PER_MINUTE}
          optional
          error={at('requestsPerMinute')}
          disabled={false}
        />
        <WholeNumberField
          name={`${provider.name}-tokens`}
          label={text('settings.provider.tokensPerMinute')}
          hint={text('settings.provider.tokensPerMinute.hint')}
          placeholder={text('settings.provider.noRate')}
          value={tokens}
          onChange={setTokens}
          minimum={1}
          maximum={MAX_TOKENS_PER_MINUTE}
          optional
          error={at('tokensPerMinute')}
          disabled={false}
        />
      </Flex>
      {errors && !errorAt(errors, `providers.${provider.name}`) ? (
        <Typography textColor="danger600" role="alert">
          {errors.message}
        </Typography>
      ) : null}
      <Flex gap={2} justifyContent="flex-end">
        {provider.keySource === 'settings' ? (
          <Button variant="danger-light" onClick={() => void send({ apiKey: null })}>
            {text('settings.provider.removeKey')}
          </Button>
        ) : null}
        <Button variant="tertiary" onClick={onDone}>
          {text('action.cancel')}
        </Button>
        <Button type="submit" loading={isSaving} disabled={!valid}>
          {text('action.save')}
        </Button>
      </Flex>
    </Flex>
  );
}
