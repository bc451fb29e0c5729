import { useMemo } from 'react';
import { Box, Flex, Grid, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { FieldValues } from '../../../../server/src/contracts';
import { valueText } from '../../components/value-text';
import { useText } from '../../components/text';
import { wordDiff, type DiffPart } from './value-diff';

const Words = styled(Box)`
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  max-height: 32rem;
  overflow: auto;

  ins,
  del {
    border-radius: 2px;
    text-decoration: none;
  }
  ins {
    background: ${({ theme }) => theme.colors.success100};
    color: ${({ theme }) => theme.colors.success700};
  }
  del {
    background: ${({ theme }) => theme.colors.danger100};
    color: ${({ theme }) => theme.colors.danger700};
    text-decoration: line-through;
  }
`;

function Side({ label, parts, side }: { label: string; parts: DiffPart[]; side: 'before' | 'after' }) {
  const text = useText();
  const shown = parts.filter((part) => part.side === 'both' || part.side === side);
  return (
    <Flex direction="column" alignItems="stretch" gap={1} width="100%">
      <Typography variant="sigma" textColor="neutral600">
        {label}
      </Typography>
      <Words>
        {shown.length === 0 ? <Typography textColor="neutral500">{text('value.empty')}</Typography> : null}
        <Typography tag="div">
          {shown.map((part, index) =>
            part.side === 'both' ? (
              <span key={index}>{part.text}</span>
            ) : side === 'after' ? (
              <ins key={index}>{part.text}</ins>
            ) : (
              <del key={index}>{part.text}</del>
            )
          )}
        </Typography>
      </Words>
    </Flex>
  );
}

interface Props {
  field: string;
  values: FieldValues;
  /** Whether the entry holds the new value, or it was only proposed. */
  isWritten: boolean;
}

/** One field before and after, with the words that differ marked. */
export function ValueDiff({ field, values, isWritten }: Props) {
  const text = useText();
  const before = valueText(values.before);
  const after = valueText(isWritten ? values.written : values.proposed);
  const parts = useMemo(() => wordDiff(before, after).filter((part) => part.text !== ''), [before, after]);
  return (
    <Box background="neutral0" borderColor="neutral150" hasRadius padding={4}>
      <Flex justifyContent="space-between" paddingBottom={3}>
        <Typography fontWeight="bold">{field}</Typography>
        <Typography variant="pi" textColor="neutral600">
          {text('value.length', { count: after.length })}
        </Typography>
      </Flex>
      <Grid.Root gap={5}>
        <Grid.Item col={6} s={12} xs={12} alignItems="stretch">
          <Side label={text('value.before')} parts={parts} side="before" />
        </Grid.Item>
        <Grid.Item col={6} s={12} xs={12} alignItems="stretch">
          <Side label={text(isWritten ? 'value.written' : 'value.proposed')} parts={parts} side="after" />
        </Grid.Item>
      </Grid.Root>
    </Box>
  );
}
