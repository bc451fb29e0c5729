import { Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import type { UsageView } from '../../../../server/src/contracts';
import { useFormat } from '../../components/format';
import { RelativeTime } from '../../components/RelativeTime';
import { useText, useTextOr } from '../../components/text';

const COLUMNS = ['at', 'model', 'outcome', 'duration', 'tokensIn', 'tokensOut', 'cost'];

/** The calls made to a provider for one item. */
export function ItemCalls({ calls }: { calls: UsageView[] }) {
  const text = useText();
  const textOr = useTextOr();
  const format = useFormat();
  return (
    <Table colCount={COLUMNS.length} rowCount={calls.length + 1} aria-label={text('item.calls')}>
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column}>
              <Typography variant="sigma">{text(`call.${column}`)}</Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {calls.map((call) => (
          <Tr key={call.id}>
            <Td>
              <Typography>
                <RelativeTime at={call.at} />
              </Typography>
            </Td>
            <Td>
              <Typography title={call.requestId ?? undefined}>
                {call.provider} · {call.modelAnswered ?? call.model}
              </Typography>
            </Td>
            <Td>
              <Typography textColor={call.outcome === 'ok' ? 'success600' : 'danger600'}>
                {textOr(`outcome.${call.outcome}`, call.outcome)}
              </Typography>
            </Td>
            <Td>
              <Typography>{format.duration(call.durationMs)}</Typography>
            </Td>
            <Td>
              <Typography>
                {call.cachedTokens > 0
                  ? text('call.withCached', { count: call.inputTokens, cached: call.cachedTokens })
                  : format.number(call.inputTokens)}
              </Typography>
            </Td>
            <Td>
              <Typography>{format.number(call.outputTokens)}</Typography>
            </Td>
            <Td>
              <Typography>{format.cost(call.costUsd)}</Typography>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
