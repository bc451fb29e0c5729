import type { FrozenSelection } from '../../../../server/src/contracts';
import type { Format } from '../../components/format';
import type { Text } from '../../components/text';

/** Which entries a job took, in words. */
export function selectionWords(
  selection: FrozenSelection,
  typeLabel: string,
  text: Text,
  format: Format
): string {
  const language = selection.locale === null ? null : format.language(selection.locale);
  const parts =
    selection.kind === 'ids'
      ? [text('selection.ids', { count: selection.count, type: typeLabel })]
      : selection.kind === 'job'
        ? [text(selection.itemId === null ? 'selection.job' : 'selection.item', { type: typeLabel })]
        : [
            text('selection.query', { type: typeLabel }),
            selection.status === null ? null : text(`selection.status.${selection.status}`),
            selection.search ? text('selection.search', { search: selection.search }) : null,
            selection.filters
              ? text('selection.filters', { filters: JSON.stringify(selection.filters) })
              : null,
          ];
  return [...parts, language].filter((part) => part !== null).join(' · ');
}
