import { useState } from 'react';
import { Button, Field, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { SettingsView } from '../../../../server/src/contracts';
import { errorAt } from '../../components/server-errors';
import { useText } from '../../components/text';
import { readBackoff } from './backoff';
import { Section } from './Section';
import { useSaveSettings } from './use-save-settings';
import { isWholeBetween, WholeNumberField } from './WholeNumberField';

const BOUNDS = {
  concurrency: { minimum: 1, maximum: 500 },
  attempts: { minimum: 1, maximum: 20 },
  timeoutSeconds: { minimum: 1, maximum: 3_600 },
} as const;
const NUMBERS = ['concurrency', 'attempts', 'timeoutSeconds'] as const;

interface LimitsTabProps {
  settings: SettingsView;
  mayUpdate: boolean;
}

/** How many entries are written at once, and how often and when a failed one is tried again. */
export function LimitsTab({ settings, mayUpdate }: LimitsTabProps) {
  const text = useText();
  const { save, isSaving, errors } = useSaveSettings();
  const { limits } = settings;
  const [numbers, setNumbers] = useState<Record<(typeof NUMBERS)[number], number | undefined>>({
    concurrency: limits.concurrency,
    attempts: limits.attempts,
    timeoutSeconds: limits.timeoutSeconds,
  });
  const [backoff, setBackoff] = useState(limits.backoffSeconds.join(', '));
  const backoffSeconds = readBackoff(backoff);
  const valid =
    backoffSeconds !== null &&
    NUMBERS.every((name) => isWholeBetween(numbers[name], BOUNDS[name].minimum, BOUNDS[name].maximum));

  const isChanged =
    backoffSeconds?.join() !== limits.backoffSeconds.join() ||
    NUMBERS.some((name) => numbers[name] !== limits[name]);

  const submit = () => save({ limits: { ...numbers, backoffSeconds } });

  return (
    <Section
      title={text('settings.limits.title')}
      explanation={text('settings.limits.explanation')}
      action={
        mayUpdate ? (
          <Button
            startIcon={<Check />}
            loading={isSaving}
            disabled={!valid || !isChanged}
            onClick={() => void submit()}
          >
            {text('action.save')}
          </Button>
        ) : undefined
      }
    >
      <Flex gap={4} wrap="wrap" alignItems="flex-start">
        {NUMBERS.map((name) => (
          <WholeNumberField
            key={name}
            name={name}
            label={text(`settings.limits.${name}`)}
            hint={text(`settings.limits.${name}.hint`)}
            value={numbers[name]}
            onChange={(value) => setNumbers({ ...numbers, [name]: value })}
            minimum={BOUNDS[name].minimum}
            maximum={BOUNDS[name].maximum}
            error={errorAt(errors, `limits.${name}`)}
            disabled={!mayUpdate}
          />
        ))}
      </Flex>
      <Field.Root
        name="backoffSeconds"
        hint={text('settings.limits.backoff.hint')}
        error={
          backoffSeconds === null
            ? text('settings.limits.backoff.invalid')
            : errorAt(errors, 'limits.backoffSeconds')
        }
      >
        <Field.Label>{text('settings.limits.backoff')}</Field.Label>
        <Field.Input
          value={backoff}
          disabled={!mayUpdate}
          placeholder="60, 300, 900"
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => setBackoff(event.target.value)}
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
    </Section>
  );
}
