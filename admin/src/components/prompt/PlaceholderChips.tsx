import { useState } from 'react';
import { Button, Flex, Tooltip, Typography } from '@strapi/design-system';
import type { ContentTypeView } from '../../../../server/src/contracts';
import { useText } from '../text';

const SHOWN_AT_FIRST = 16;
/** Rarely of use in a text, so they come last. */
const DATES = ['createdAt', 'updatedAt', 'publishedAt'];

interface PlaceholderChipsProps {
  placeholders: ContentTypeView['placeholders'];
  disabled: boolean;
  /** Called with the name to put into the template. */
  onInsert: (name: string) => void;
}

/** What a prompt of this content type may name; a click puts it where the cursor stands. */
export function PlaceholderChips({ placeholders, disabled, onInsert }: PlaceholderChipsProps) {
  const text = useText();
  const [all, setAll] = useState(false);
  const sorted = [...placeholders].sort(
    (one, other) => Number(DATES.includes(one.path)) - Number(DATES.includes(other.path))
  );
  const shown = all ? sorted : sorted.slice(0, SHOWN_AT_FIRST);
  if (placeholders.length === 0) return null;
  return (
    <Flex gap={1} wrap="wrap" role="group" aria-label={text('template.insert')}>
      <Typography variant="pi" textColor="neutral600">
        {text('template.insert')}
      </Typography>
      {shown.map(({ path, label, alias }) => (
        <Tooltip key={path} label={alias ? `${label}: {{ ${path} }}` : label}>
          <Button size="S" variant="tertiary" disabled={disabled} onClick={() => onInsert(alias ?? path)}>
            {alias ?? path}
          </Button>
        </Tooltip>
      ))}
      {placeholders.length > SHOWN_AT_FIRST ? (
        <Button size="S" variant="ghost" aria-expanded={all} onClick={() => setAll(!all)}>
          {all
            ? text('template.fewer')
            : text('template.more', { count: placeholders.length - SHOWN_AT_FIRST })}
        </Button>
      ) : null}
    </Flex>
  );
}
