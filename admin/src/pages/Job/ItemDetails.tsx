import { Flex, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useGetItemQuery } from '../../api/jobs';
import { ErrorMessage } from '../../components/ErrorMessage';
import { useFormat } from '../../components/format';
import { PlainText } from '../../components/PlainText';
import { Skeleton } from '../../components/Skeleton';
import { useText } from '../../components/text';
import { usePollingInterval } from '../../components/use-polling';
import { isEmptyValue } from '../../components/value-text';
import { ItemCalls } from './ItemCalls';
import { ValueDiff } from './ValueDiff';

interface Props {
  jobId: string;
  itemId: number;
  running: boolean;
  /** What can be done with it. */
  actions: ReactNode;
}

/** An item opened: before and after, the calls with their errors, what can be done, what was asked. Why it stands as it does is told in its row. */
export function ItemDetails({ jobId, itemId, running, actions }: Props) {
  const text = useText();
  const format = useFormat();
  const { data, error, refetch } = useGetItemQuery(
    { jobId, itemId },
    { pollingInterval: usePollingInterval(running), refetchOnMountOrArgChange: true }
  );
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height="12rem" />;

  const item = data.data;
  const fields = Object.entries(item.values);
  return (
    <Flex direction="column" alignItems="stretch" gap={4} padding={4} style={{ whiteSpace: 'normal' }}>
      {item.attempts > 1 || item.nextAttemptAt !== null ? (
        <Typography textColor="neutral600">
          {item.nextAttemptAt === null
            ? text('item.attempts', { count: item.attempts })
            : text('item.nextAttempt', { count: item.attempts, time: format.dateTime(item.nextAttemptAt) })}
        </Typography>
      ) : null}
      {fields.length === 0 && !item.error ? (
        <Typography textColor="neutral600">{text('item.nothingYet')}</Typography>
      ) : null}
      {fields.map(([field, values]) => (
        <ValueDiff
          key={field}
          field={field}
          values={values}
          isWritten={item.status === 'completed' || !isEmptyValue(values.written)}
        />
      ))}
      {item.calls.length > 0 ? <ItemCalls calls={item.calls} /> : null}
      {actions}
      {item.prompt?.system ? (
        <PlainText label={text('item.systemMessage')}>{item.prompt.system}</PlainText>
      ) : null}
      {item.prompt ? <PlainText label={text('item.prompt')}>{item.prompt.user}</PlainText> : null}
    </Flex>
  );
}
