import {
  Flex,
  Grid,
  Loader,
  Status,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';
import type { QueueView } from '../../../../server/src/contracts';
import { useGetQueueQuery } from '../../api/queue';
import { ErrorMessage } from '../../components/ErrorMessage';
import { Notice } from '../../components/Notice';
import { useReasonText } from '../../components/reason';
import { RelativeTime } from '../../components/RelativeTime';
import { useText } from '../../components/text';
import { usePageVisible } from '../../components/use-polling';
import { Section } from './Section';

const POLL_MS = 5_000;
const COUNTS = ['waiting', 'active', 'delayed', 'failed'] as const;
const WORKER_COLUMNS = ['host', 'process', 'active', 'heartbeat'] as const;
const STATE_VARIANTS = {
  ready: 'success',
  starting: 'secondary',
  idle: 'neutral',
  unavailable: 'danger',
} as const;

function Workers({ workers }: { workers: QueueView['workers'] }) {
  const text = useText();
  if (workers.length === 0) return <Typography>{text('settings.queue.noWorkers')}</Typography>;
  return (
    <Table colCount={WORKER_COLUMNS.length} rowCount={workers.length + 1}>
      <Thead>
        <Tr>
          {WORKER_COLUMNS.map((column) => (
            <Th key={column}>
              <Typography variant="sigma" textColor="neutral600">
                {text(`settings.queue.worker.${column}`)}
              </Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {workers.map((worker) => (
          <Tr key={worker.id}>
            <Td>
              <Typography>{worker.host}</Typography>
            </Td>
            <Td>
              <Typography>{worker.pid}</Typography>
            </Td>
            <Td>
              <Typography>{worker.active}</Typography>
            </Td>
            <Td>
              <Typography>
                <RelativeTime at={worker.heartbeatAt} />
              </Typography>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

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
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {queue.reason ? <Notice variant="danger">{reasonText(queue.reason)}</Notice> : null}
      {queue.state === 'unavailable' ? (
        <Notice variant="danger" title={text('settings.queue.unavailable')}>
          {queue.error ?? text('settings.queue.noDetail')}
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
            <Grid.Item key={name} col={3} xs={6} direction="column" alignItems="flex-start">
              <Typography variant="beta">{queue[name]}</Typography>
              <Typography textColor="neutral600">{text(`settings.queue.${name}`)}</Typography>
            </Grid.Item>
          ))}
        </Grid.Root>
      </Section>
      <Section title={text('settings.queue.workers')}>
        <Workers workers={queue.workers} />
      </Section>
    </Flex>
  );
}
