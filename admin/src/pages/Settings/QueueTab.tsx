import { Flex, Grid, Loader, Status, Typography } from '@strapi/design-system';
import { useGetQueueQuery } from '../../api/queue';
import { ErrorMessage } from '../../components/ErrorMessage';
import { Notice } from '../../components/Notice';
import { useReasonText } from '../../components/reason';
import { useText } from '../../components/text';
import { usePageVisible } from '../../components/use-polling';
import { Section } from './Section';
import { WorkersTable } from './WorkersTable';

const POLL_MS = 5_000;
const COUNTS = ['waiting', 'active', 'delayed'] as const;
const STATE_VARIANTS = {
  ready: 'success',
  starting: 'secondary',
  idle: 'neutral',
  unavailable: 'danger',
} as const;

/** Where the queue lives and why, how much stands in it, and who works on it. */
export function QueueTab() {
  const text = useText();
  const reasonText = useReasonText();
  const visible = usePageVisible();
  const { data, error, refetch } = useGetQueueQuery(undefined, {
    pollingInterval: visible ? POLL_MS : 0,
    refetchOnMountOrArgChange: true,
  });
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loader>{text('settings.queue.loading')}</Loader>;
  const queue = data.data;
  // Where something waits, the reason says it, and louder.
  const nobodyIsThere =
    !queue.inProcess && queue.state === 'ready' && queue.workers.length === 0 && !queue.reason;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {queue.reason ? <Notice variant="danger">{reasonText(queue.reason)}</Notice> : null}
      {nobodyIsThere ? (
        <Notice variant="warning" title={text('settings.queue.nobody')}>
          {text('settings.queue.nobody.hint')}
        </Notice>
      ) : null}
      {queue.state === 'unavailable' ? (
        <Notice variant="danger" title={text('settings.queue.unavailable')}>
          {queue.error ? reasonText(queue.error) : text('settings.queue.noDetail')}
        </Notice>
      ) : null}
      <Section
        title={text(`settings.queue.backend.${queue.backend}`)}
        explanation={text(`settings.queue.because.${queue.chosenBecause}`)}
        action={
          <Status variant={STATE_VARIANTS[queue.state]} size="S">
            <Typography variant="pi" fontWeight="bold">
              {text(`settings.queue.state.${queue.state}`)}
            </Typography>
          </Status>
        }
      >
        <Grid.Root gap={4}>
          {COUNTS.map((name) => (
            <Grid.Item key={name} col={4} xs={4} direction="column" alignItems="flex-start">
              <Typography variant="beta">{queue[name]}</Typography>
              <Typography textColor="neutral600">{text(`settings.queue.${name}`)}</Typography>
            </Grid.Item>
          ))}
        </Grid.Root>
      </Section>
      <Section
        title={text('settings.queue.workers')}
        explanation={queue.inProcess ? undefined : text('settings.queue.workersApart')}
      >
        <WorkersTable workers={queue.workers} />
      </Section>
    </Flex>
  );
}
