import { Flex, Loader, Typography } from '@strapi/design-system';
import type { ContentTypeView } from '../../../../server/src/contracts';
import { useErrorText } from '../../components/errors';
import { useText } from '../../components/text';
import type { SelectionCount } from '../../components/use-selection-count';

/** How many entries the selection holds, how many of them are out of reach, and a few by their titles. */
export function CountLine({ view, count }: { view: ContentTypeView; count: SelectionCount }) {
  const text = useText();
  const errorText = useErrorText();
  if (count.counting) {
    return (
      <Flex gap={2} aria-live="polite">
        <Loader small>{text('newJob.counting')}</Loader>
      </Flex>
    );
  }
  if (count.error) {
    return (
      <Typography textColor="danger600" role="alert">
        {errorText(count.error)}
      </Typography>
    );
  }
  if (count.count === null) return null;
  const { total, forbidden, exampleLabels } = count.count;
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} aria-live="polite">
      <Typography fontWeight="bold" textColor={total === 0 ? 'danger600' : 'neutral800'}>
        {total === 0
          ? text('newJob.count.none')
          : view.singleType
            ? view.label
            : text('newJob.count', { total, type: total === 1 ? view.label : view.pluralLabel })}
        {forbidden > 0 ? ` ${text('newJob.count.forbidden', { count: forbidden })}` : ''}
      </Typography>
      {exampleLabels.length > 0 && !view.singleType ? (
        <Typography variant="pi" textColor="neutral600">
          {text('newJob.count.examples', { examples: exampleLabels.join(' · ') })}
        </Typography>
      ) : null}
    </Flex>
  );
}
