import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';

interface CardProps {
  number: number;
  title: string;
  /** What stands at the title's other end. */
  action?: ReactNode;
  children: ReactNode;
}

/** One of the page's four steps. */
export function Card({ number, title, action, children }: CardProps) {
  const id = `ai-jobs-card-${number}`;
  return (
    <Box tag="section" aria-labelledby={id} background="neutral0" hasRadius shadow="tableShadow" padding={6}>
      <Flex justifyContent="space-between" gap={4} paddingBottom={4} wrap="wrap">
        <Typography id={id} tag="h2" variant="delta">
          {`${number} · ${title}`}
        </Typography>
        {action}
      </Flex>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {children}
      </Flex>
    </Box>
  );
}
