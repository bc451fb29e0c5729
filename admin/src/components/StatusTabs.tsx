import type { ReactNode } from 'react';
import { Badge, Flex, Tabs } from '@strapi/design-system';
import { useFormat } from './format';

export interface StatusTab {
  value: string;
  label: string;
  count: number;
}

interface Props {
  label: string;
  tabs: StatusTab[];
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

/** A list split by status, each tab with how many it holds. */
export function StatusTabs({ label, tabs, value, onChange, children }: Props) {
  const format = useFormat();
  return (
    <Tabs.Root variant="simple" value={value} onValueChange={onChange}>
      <Tabs.List aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Trigger key={tab.value} value={tab.value}>
            <Flex tag="span" gap={2}>
              {tab.label}
              <Badge active={tab.value === value}>{format.number(tab.count)}</Badge>
            </Flex>
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value={value}>{children}</Tabs.Content>
    </Tabs.Root>
  );
}
