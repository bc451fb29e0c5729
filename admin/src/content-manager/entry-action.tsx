import { lazy, Suspense, useCallback } from 'react';
import { Loader, Modal } from '@strapi/design-system';
import { Sparkle } from '@strapi/icons';
import { useForm } from '@strapi/strapi/admin';
import { useText } from '../components/text';
import type { ActionDescription, EditViewProps } from './strapi-content-manager';
import { useShownLocale } from './use-shown-locale';
import { useWritableType } from './use-writable-type';

const GenerateHere = lazy(() =>
  import('./GenerateHere').then((module) => ({ default: module.GenerateHere }))
);

/** "Generate with AI" in an entry's menu: runs a saved prompt on this entry and waits for it. */
export function useEntryAction({ model, document, documentId }: EditViewProps): ActionDescription | null {
  const text = useText();
  const view = useWritableType(model);
  const locale = useShownLocale(view);
  const id = document?.documentId ?? documentId;
  const modified = useForm('AiJobsEntryAction', (form) => form.modified, false) ?? false;

  const content = useCallback(
    ({ onClose }: { onClose: () => void }) =>
      view && id ? (
        <Suspense
          fallback={
            <Modal.Body>
              <Loader>{text('contentManager.loading')}</Loader>
            </Modal.Body>
          }
        >
          <GenerateHere
            view={view}
            entry={{ contentType: view.uid, documentId: id, locale }}
            onClose={onClose}
          />
        </Suspense>
      ) : null,
    [view, id, locale, text]
  );

  if (!view || !id) return null;
  return {
    label: text(modified ? 'contentManager.generateSaveFirst' : 'contentManager.generate'),
    icon: <Sparkle />,
    disabled: modified,
    dialog: { type: 'modal', title: text('contentManager.generate'), content },
  };
}
