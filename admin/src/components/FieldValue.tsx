import { Box, Typography } from '@strapi/design-system';
import { isEmptyValue, valueText } from './value-text';
import { useText } from './text';

/** A field's value to read, whatever its kind; always as plain text, never as markup. */
export function FieldValue({ value }: { value: unknown }) {
  const text = useText();
  if (isEmptyValue(value)) {
    return <Typography textColor="neutral500">{text('value.empty')}</Typography>;
  }
  return (
    <Box maxHeight="32rem" overflow="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      <Typography>{valueText(value)}</Typography>
    </Box>
  );
}
