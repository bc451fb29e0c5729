import type { ItemView, Reason } from '../../../../server/src/contracts';
import type { Text } from '../../components/text';
import { valueText } from '../../components/value-text';

const SEPARATOR = ',';
const COLUMNS = [
  'position',
  'documentId',
  'locale',
  'entry',
  'status',
  'reason',
  'attempts',
  'tokens',
  'costUsd',
  'durationMs',
];

/**
 * One cell, quoted. A text that a spreadsheet would take for a formula gets an apostrophe before it: models and
 * entries are not to be trusted with formulas.
 */
function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Items as a table that spreadsheets open, in the reader's language: one line each, two columns for each field. */
export function itemsCsv(items: ItemView[], text: Text, reasonText: (reason: Reason) => string): string {
  const fields = [...new Set(items.flatMap(({ values }) => Object.keys(values)))];
  const header = [
    ...COLUMNS.map((column) => text(`export.column.${column}`)),
    ...fields.flatMap((field) => [
      text('export.column.before', { field }),
      text('export.column.after', { field }),
    ]),
  ];
  const lines = items.map((item) => {
    const reason = item.error ?? item.message;
    return [
      item.position,
      item.documentId,
      item.locale,
      item.label,
      text(`itemStatus.${item.status}`),
      reason ? reasonText(reason) : null,
      item.attempts,
      item.usage ? item.usage.inputTokens + item.usage.outputTokens : null,
      item.usage?.costUsd,
      item.durationMs,
      ...fields.flatMap((field) => {
        const values = item.values[field];
        return values ? [valueText(values.before), valueText(values.written ?? values.proposed)] : ['', ''];
      }),
    ];
  });
  return [header, ...lines].map((line) => line.map(cell).join(SEPARATOR)).join('\r\n');
}
