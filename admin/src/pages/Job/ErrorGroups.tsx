import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise, Eye, WarningCircle } from '@strapi/icons';
import type { JobDetail } from '../../../../server/src/contracts';
import { useAddress } from '../../components/address';
import type { JobActions } from '../../components/job-actions/use-job-actions';
import { useReasonText } from '../../components/reason';
import { useText } from '../../components/text';

/** What went wrong, each kind once: how often, why, to which entries, and what can be done. */
export function ErrorGroups({ job, ask }: { job: JobDetail; ask: JobActions['ask'] }) {
  const text = useText();
  const reasonText = useReasonText();
  const [, change] = useAddress();
  if (job.errorGroups.length === 0) return null;
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={2} aria-label={text('errors.label')}>
      {job.errorGroups.map(({ error, count, exampleLabels }) => (
        <Box key={error.code} tag="li" background="danger100" borderColor="danger200" hasRadius padding={4}>
          <Flex justifyContent="space-between" gap={4} wrap="wrap">
            <Flex gap={3} flex="1 1 30rem">
              <WarningCircle aria-hidden fill="danger600" style={{ flexShrink: 0 }} />
              <Flex direction="column" alignItems="flex-start">
                <Typography textColor="danger700" fontWeight="bold">
                  {text('errors.group', { count, reason: reasonText(error) })}
                </Typography>
                {exampleLabels.length > 0 ? (
                  <Typography variant="pi" textColor="neutral700">
                    {exampleLabels.join(', ')}
                    {count > exampleLabels.length ? '…' : ''}
                  </Typography>
                ) : null}
              </Flex>
            </Flex>
            <Flex gap={2}>
              <Button
                size="S"
                variant="tertiary"
                startIcon={<Eye />}
                onClick={() => change({ tab: null, item: null, status: 'failed', errorCode: error.code })}
              >
                {text('errors.show', { count })}
              </Button>
              {job.actions.includes('retry') ? (
                <Button
                  size="S"
                  variant="secondary"
                  startIcon={<ArrowClockwise />}
                  onClick={() => ask(job, 'retry', error.code)}
                >
                  {text('errors.retry', { count })}
                </Button>
              ) : null}
            </Flex>
          </Flex>
        </Box>
      ))}
    </Flex>
  );
}
