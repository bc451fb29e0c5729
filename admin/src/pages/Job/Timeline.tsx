import { Box, Flex, Typography } from '@strapi/design-system';
import type { JobEvent } from '../../../../server/src/contracts';
import { useFormat } from '../../components/format';
import { useReasonText } from '../../components/reason';
import { useText } from '../../components/text';

/** Who did what with the job, and when; the newest first. */
export function Timeline({ events }: { events: JobEvent[] }) {
  const text = useText();
  const reasonText = useReasonText();
  const format = useFormat();
  const newestFirst = [...events].reverse();
  return (
    <Flex tag="ol" direction="column" alignItems="stretch" gap={4}>
      {newestFirst.map((event, index) => (
        <Flex key={`${event.at}-${index}`} tag="li" gap={5} alignItems="flex-start">
          <Box minWidth="20rem">
            <Typography textColor="neutral600">
              <time dateTime={event.at}>{format.dateTime(event.at)}</time>
            </Typography>
          </Box>
          <Flex direction="column" alignItems="flex-start">
            <Typography fontWeight="semiBold">
              {event.person
                ? text('event.byPerson', { event: text(`event.${event.event}`), person: event.person.name })
                : text(`event.${event.event}`)}
            </Typography>
            {event.reason ? <Typography textColor="neutral600">{reasonText(event.reason)}</Typography> : null}
          </Flex>
        </Flex>
      ))}
    </Flex>
  );
}
