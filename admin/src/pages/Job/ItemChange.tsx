import { Flex, Typography } from '@strapi/design-system';
import type { FieldValues } from '../../../../server/src/contracts';
import { useText } from '../../components/text';
import { isEmptyValue, valueExcerpt } from '../../components/value-text';

const FIELDS_SHOWN = 2;
const BEFORE_LENGTH = 24;
const AFTER_LENGTH = 56;

const quoted = (value: unknown, length: number) =>
  isEmptyValue(value) ? '–' : `“${valueExcerpt(value, length)}”`;

/** The beginning of what changed in an entry: `metaTitle – → “Why Bread Rises…”`. */
export function ItemChange({ values }: { values: Record<string, FieldValues> }) {
  const text = useText();
  const fields = Object.entries(values);
  const more = fields.length - FIELDS_SHOWN;
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      {fields.slice(0, FIELDS_SHOWN).map(([field, { before, proposed, written }]) => (
        <Typography key={field} variant="pi" textColor="neutral800">
          <Typography tag="span" variant="pi" fontWeight="bold">
            {field}
          </Typography>{' '}
          {quoted(before, BEFORE_LENGTH)} → {quoted(isEmptyValue(written) ? proposed : written, AFTER_LENGTH)}
        </Typography>
      ))}
      {more > 0 ? (
        <Typography variant="pi" textColor="neutral600">
          {text('item.moreFields', { count: more })}
        </Typography>
      ) : null}
    </Flex>
  );
}
