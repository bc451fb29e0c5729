import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';

interface SectionProps {
  title: string;
  explanation?: string;
  /** What stands at the title's other end. */
  action?: ReactNode;
  children?: ReactNode;
}

/** A white card of the Settings page. */
export function Section({ title, explanation, action, children }: SectionProps) {
  return (
    <Box tag="section" background="neutral0" hasRadius shadow="tableShadow" padding={6}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4} paddingBottom={4}>
        <Box flex="1">
          <Typography tag="h2" variant="delta">
            {title}
          </Typography>
          {explanation ? (
            <Box paddingTop={1}>
              <Typography textColor="neutral600">{explanation}</Typography>
            </Box>
          ) : null}
        </Box>
        {action}
      </Flex>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {children}
      </Flex>
    </Box>
  );
}
