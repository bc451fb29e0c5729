import type { ReactNode } from 'react';
import { IconButton, Menu } from '@strapi/design-system';
import { More } from '@strapi/icons';

/** A ⋯ button with its menu, tall enough to show all of it at once. */
export function RowMenu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Menu.Root>
      <Menu.Trigger tag={IconButton} icon={<More />} label={label} />
      <Menu.Content popoverPlacement="bottom-end" maxHeight="60vh">
        {children}
      </Menu.Content>
    </Menu.Root>
  );
}
