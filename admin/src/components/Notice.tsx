import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { Information, WarningCircle } from '@strapi/icons';

const COLOURS = {
  info: { background: 'primary100', border: 'primary200', icon: 'primary600' },
  warning: { background: 'warning100', border: 'warning200', icon: 'warning600' },
  danger: { background: 'danger100', border: 'danger200', icon: 'danger600' },
} as const;

interface NoticeProps {
  variant: keyof typeof COLOURS;
  title?: string;
  children: ReactNode;
  action?: ReactNode;
}

/** Something to know that stays where it is, unlike a toast. */
export function Notice({ variant, title, children, action }: NoticeProps) {
  const colours = COLOURS[variant];
  const Icon = variant === 'info' ? Information : WarningCircle;
  return (
    <Box
      background={colours.background}
      borderColor={colours.border}
      hasRadius
      padding={4}
      role={variant === 'danger' ? 'alert' : 'status'}
    >
      <Flex gap={3} alignItems="flex-start">
        <Box paddingTop="2px">
          <Icon aria-hidden fill={colours.icon} />
        </Box>
        <Flex direction="column" alignItems="flex-start" gap={2} flex="1">
          {title ? <Typography fontWeight="bold">{title}</Typography> : null}
          {typeof children === 'string' ? <Typography>{children}</Typography> : children}
          {action}
        </Flex>
      </Flex>
    </Box>
  );
}
