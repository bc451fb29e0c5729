import { lazy, Suspense } from 'react';
import { Loader } from '@strapi/design-system';
import { useText } from '../components/text';
import type { EditViewProps, PanelDescription } from './strapi-content-manager';
import { useShownLocale } from './use-shown-locale';
import { useWritableType } from './use-writable-type';

const EntryPanel = lazy(() => import('./EntryPanel').then((module) => ({ default: module.EntryPanel })));

/** The side panel of an entry: what AI wrote into it, and the way to have it written. */
export function useEntryPanel({ model, document, documentId }: EditViewProps): PanelDescription | null {
  const text = useText();
  const view = useWritableType(model);
  const locale = useShownLocale(view);
  const id = document?.documentId ?? documentId;
  if (!view || !id) return null;
  return {
    title: text('plugin.name'),
    content: (
      <Suspense fallback={<Loader small>{text('contentManager.loading')}</Loader>}>
        <EntryPanel view={view} entry={{ contentType: model, documentId: id, locale }} />
      </Suspense>
    ),
  };
}
