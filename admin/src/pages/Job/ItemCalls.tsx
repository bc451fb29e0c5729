import { Box, Flex, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import type { UsageView } from '../../../../server/src/contracts';
import { useListProvidersQuery } from '../../api/providers';
import { useFormat } from '../../components/format';
import { useReasonText } from '../../components/reason';
import { RelativeTime } from '../../components/RelativeTime';
import { useText, useTextOr } from '../../components/text';

const COLUMNS = ['at', 'model', 'outcome', 'duration', 'tokensIn', 'tokensOut', 'cost'];

/** How a call ended, and in a sentence what was wrong with it or with what it brought. */
function CallOutcome({ call }: { call: UsageView }) {
  const text = useText();
  const textOr = useTextOr();
  const reasonText = useReasonText();
  const { error, outcome } = call;
  const label =
    outcome === 'ok' && error !== null
      ? text('outcome.unusable')
      : textOr(`outcome.${outcome}`, error ? reasonText(error) : outcome);
  return (
    <Box maxWidth="36rem" paddingTop={2} paddingBottom={2} style={{ whiteSpace: 'normal' }}>
      <Typography tag="p" textColor={outcome === 'ok' && error === null ? 'success600' : 'danger600'}>
        {label}
      </Typography>
      {error ? (
        <Typography tag="p" variant="pi" textColor="neutral600">
          {reasonText(error)}
        </Typography>
      ) : null}
    </Box>
  );
}

/** The calls made to a provider for one item, of all its attempts, and how each went. */
export function ItemCalls({ calls }: { calls: UsageView[] }) {
  const text = useText();
  const format = useFormat();
  const { data: providers } = useListProvidersQuery();
  const labels = new Map(providers?.data.map(({ name, label }) => [name, label]));
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Typography variant="sigma" textColor="neutral600">
        {text('item.calls')}
      </Typography>
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
                  {labels.get(call.provider) ?? call.provider} · {call.modelAnswered ?? call.model}
                </Typography>
              </Td>
              <Td>
                <CallOutcome call={call} />
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
    </Flex>
  );
}
