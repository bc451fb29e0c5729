import { Typography } from '@strapi/design-system';
import type { TestProviderResponse } from '../../../../server/src/contracts';
import { useErrorText } from '../../components/errors';
import { useFormat } from '../../components/format';
import { Notice } from '../../components/Notice';
import { useReasonText } from '../../components/reason';
import { useText } from '../../components/text';

interface ProviderTestResultProps {
  /** Null before a test. */
  result: TestProviderResponse['data'] | null;
  /** Set where the test could not be asked for. */
  error: unknown;
  isTesting: boolean;
}

/** How a try went: how long it took and what the model said, or what went wrong. */
export function ProviderTestResult({ result, error, isTesting }: ProviderTestResultProps) {
  const text = useText();
  const format = useFormat();
  const errorText = useErrorText();
  const reasonText = useReasonText();
  if (isTesting) return <Typography aria-live="polite">{text('settings.provider.testing')}</Typography>;
  if (error) return <Notice variant="danger">{errorText(error)}</Notice>;
  if (!result) return null;
  if (!result.ok) {
    return (
      <Notice variant="danger">
        {result.error ? reasonText(result.error) : text('settings.provider.testFailed')}
      </Notice>
    );
  }
  return (
    <Notice
      variant="info"
      title={text('settings.provider.answered', {
        model: result.model ?? '',
        time: format.duration(result.latencyMs),
      })}
    >
      {`“${result.answer ?? ''}”`}
    </Notice>
  );
}
