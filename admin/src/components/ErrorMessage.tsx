import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise, WarningCircle } from '@strapi/icons';
import { useErrorText } from './errors';
import { useText } from './text';

/** A request's failure in the place of its result: what happened, and another try where that can help. */
export function ErrorMessage({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const text = useText();
  const errorText = useErrorText();
  return (
    <Box role="alert" background="danger100" borderColor="danger200" hasRadius padding={4}>
      <Flex gap={3} justifyContent="space-between" wrap="wrap">
        <Flex gap={2}>
          <WarningCircle aria-hidden fill="danger600" />
          <Typography textColor="danger700">{errorText(error)}</Typography>
        </Flex>
        {onRetry ? (
          <Button variant="tertiary" size="S" startIcon={<ArrowClockwise />} onClick={onRetry}>
            {text('action.tryAgain')}
          </Button>
        ) : null}
      </Flex>
    </Box>
  );
}
