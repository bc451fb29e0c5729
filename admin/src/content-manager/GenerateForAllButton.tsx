import { Button } from '@strapi/design-system';
import { Sparkle } from '@strapi/icons';
import { useQueryParams } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { useText } from '../components/text';
import { useSelectionCount } from '../components/use-selection-count';
import { newJobAddress } from '../pages/NewJob/opening';
import { queryFromContentManager, selectionFromQuery } from '../pages/NewJob/selection';
import { useWritableType } from './use-writable-type';

/** Beside the list's gear: New job for everything that the list's search and filters find. */
export function GenerateForAllButton() {
  const text = useText();
  const navigate = useNavigate();
  const { slug = '' } = useParams<{ slug: string }>();
  const [{ query }] = useQueryParams<{ _q?: string; filters?: unknown; plugins?: unknown }>();
  const view = useWritableType(slug);
  const listQuery = queryFromContentManager(slug, query);
  const { count } = useSelectionCount(view ? selectionFromQuery(view, listQuery) : null);
  if (!view) return null;
  return (
    <Button
      variant="tertiary"
      size="S"
      startIcon={<Sparkle />}
      disabled={count?.total === 0}
      onClick={() => navigate(newJobAddress(listQuery))}
    >
      {count
        ? text('contentManager.generateForCounted', { total: count.total })
        : text('contentManager.generateForAll')}
    </Button>
  );
}
