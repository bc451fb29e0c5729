import { Flex, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import type { QueueView, WorkerView } from '../../../../server/src/contracts';
import { RelativeTime } from '../../components/RelativeTime';
import { useText } from '../../components/text';

const COLUMNS = ['host', 'process', 'version', 'active', 'startedAt', 'heartbeat'] as const;

/** How much of what it can take at once a worker has in hand, queue by queue. */
function Holding({ worker }: { worker: WorkerView }) {
  const text = useText();
  if (worker.queues.length === 0) return <Typography>{worker.active}</Typography>;
  return (
    <Flex direction="column" alignItems="flex-start">
      {worker.queues.map(({ name, active, concurrency }) => (
        <Typography key={name}>
          {text('settings.queue.worker.holding', { queue: name, active, concurrency })}
        </Typography>
      ))}
    </Flex>
  );
}

/** Who works on the queue: where, since when, with what in hand, and when it was last heard of. */
export function WorkersTable({ workers }: { workers: QueueView['workers'] }) {
  const text = useText();
  if (workers.length === 0) return <Typography>{text('settings.queue.noWorkers')}</Typography>;
  return (
    <Table colCount={COLUMNS.length} rowCount={workers.length + 1}>
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
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
              <Flex direction="column" alignItems="flex-start">
                <Typography>{worker.pid}</Typography>
                <Typography variant="pi" textColor="neutral600">
                  {text(`settings.queue.worker.kind.${worker.kind}`)}
                </Typography>
              </Flex>
            </Td>
            <Td>
              <Typography>{worker.version === '' ? '–' : worker.version}</Typography>
            </Td>
            <Td>
              <Holding worker={worker} />
            </Td>
            <Td>
              <Typography>
                <RelativeTime at={worker.startedAt} />
              </Typography>
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
