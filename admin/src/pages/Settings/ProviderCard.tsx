import { useState } from 'react';
import { Button, Flex, Status, Typography } from '@strapi/design-system';
import { Pencil, Play } from '@strapi/icons';
import type { ProviderView } from '../../../../server/src/contracts';
import { useTestProviderMutation } from '../../api/providers';
import { useFormat } from '../../components/format';
import { useReasonText } from '../../components/reason';
import { useText } from '../../components/text';
import { ProviderForm } from './ProviderForm';
import { ProviderTestResult } from './ProviderTestResult';
import { Section } from './Section';

interface ProviderCardProps {
  provider: ProviderView;
  mayUpdate: boolean;
  canStoreKeys: boolean;
}

/** What can be said of a provider without asking it for anything that costs: a key says only that somebody set it. */
function stateOf(
  { ready, answers }: ProviderView,
  tested: boolean
): 'notReady' | 'ready' | 'silent' | 'setUp' {
  if (!ready) return 'notReady';
  if (tested || answers === true) return 'ready';
  return answers === false ? 'silent' : 'setUp';
}

/** What is known of a provider, line by line. */
function useProviderLines(provider: ProviderView): { label: string; value: string }[] {
  const text = useText();
  const format = useFormat();
  const source = (name: string) => text(`settings.source.${name}`);
  const key = provider.keyLastFour
    ? text('settings.provider.keyFrom', { last: provider.keyLastFour, source: source(provider.keySource) })
    : text(provider.needsKey ? 'settings.provider.noKey' : 'settings.provider.needsNoKey');
  const address = provider.baseUrl
    ? text('settings.provider.valueFrom', { value: provider.baseUrl, source: source(provider.baseUrlSource) })
    : text('settings.provider.noAddress');
  const { requestsPerMinute, tokensPerMinute } = provider;
  const perMinute = [
    ...(requestsPerMinute === null ? [] : [text('settings.provider.rate', { count: requestsPerMinute })]),
    ...(tokensPerMinute === null ? [] : [text('settings.provider.tokenRate', { count: tokensPerMinute })]),
  ];
  const limits = [
    text('settings.provider.parallel', { count: provider.maxParallel }),
    ...(perMinute.length === 0 ? [text('settings.provider.noRate')] : perMinute),
  ];
  return [
    { label: text('settings.provider.key'), value: key },
    { label: text('settings.provider.address'), value: address },
    {
      label: text('settings.provider.model'),
      value: provider.defaultModel ?? text('settings.provider.noModel'),
    },
    {
      label: text('settings.provider.limits'),
      value: limits.join(' · '),
    },
    ...(provider.blockedUntil
      ? [{ label: text('settings.provider.blocked'), value: format.dateTime(provider.blockedUntil) }]
      : []),
  ];
}

/** One AI service: its state, what it is set up with, a try, and the form that changes it. */
export function ProviderCard({ provider, mayUpdate, canStoreKeys }: ProviderCardProps) {
  const text = useText();
  const reasonText = useReasonText();
  const lines = useProviderLines(provider);
  const [editing, setEditing] = useState(false);
  const [test, { data, error, isLoading }] = useTestProviderMutation();
  const state = stateOf(provider, data?.data.ok === true);
  const explanation =
    state === 'silent'
      ? text('settings.provider.silentExplanation', { address: provider.baseUrl ?? '' })
      : !provider.ready && provider.reason
        ? reasonText(provider.reason)
        : undefined;
  return (
    <Section
      title={provider.label}
      explanation={explanation}
      action={
        <Flex gap={2}>
          <Status variant={state === 'ready' ? 'success' : 'neutral'} size="S">
            <Typography variant="pi" fontWeight="bold">
              {text(`settings.provider.${state}`)}
            </Typography>
          </Status>
          {mayUpdate ? (
            <>
              <Button
                size="S"
                variant="secondary"
                startIcon={<Play />}
                disabled={!provider.ready}
                loading={isLoading}
                onClick={() => void test({ name: provider.name, body: {} })}
                aria-label={text('settings.provider.testNamed', { label: provider.label })}
              >
                {text('settings.provider.test')}
              </Button>
              <Button
                size="S"
                variant="tertiary"
                startIcon={<Pencil />}
                aria-expanded={editing}
                onClick={() => setEditing(!editing)}
                aria-label={text('settings.provider.editNamed', { label: provider.label })}
              >
                {text('settings.provider.edit')}
              </Button>
            </>
          ) : null}
        </Flex>
      }
    >
      <Flex tag="dl" gap={5} wrap="wrap" alignItems="flex-start">
        {lines.map(({ label, value }) => (
          <Flex key={label} direction="column" alignItems="flex-start" gap={1}>
            <Typography tag="dt" variant="sigma" textColor="neutral600">
              {label}
            </Typography>
            <Typography tag="dd">{value}</Typography>
          </Flex>
        ))}
      </Flex>
      <ProviderTestResult result={data?.data ?? null} error={error} isTesting={isLoading} />
      {editing ? (
        <ProviderForm provider={provider} canStoreKeys={canStoreKeys} onDone={() => setEditing(false)} />
      ) : null}
    </Section>
  );
}
