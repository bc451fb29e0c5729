import { Sparkle } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import { useText } from '../components/text';
import { newJobAddress, type NewJobState } from '../pages/NewJob/opening';
import type { ActionDescription, ListViewProps } from './strapi-content-manager';
import { useShownLocale } from './use-shown-locale';
import { useWritableType } from './use-writable-type';

/** "Generate with AI" on selected rows: opens New job with them already chosen. */
export function useBulkAction({ model, documents }: ListViewProps): ActionDescription | null {
  const text = useText();
  const navigate = useNavigate();
  const view = useWritableType(model);
  const locale = useShownLocale(view);
  if (!view) return null;
  const open = () => {
    const state: NewJobState = {
      selection: {
        contentType: model,
        documentIds: documents.map(({ documentId }) => documentId),
        ...(locale ? { locale } : {}),
      },
    };
    navigate(newJobAddress({ contentType: model, locale: locale ?? undefined }), { state });
  };
  return { label: text('contentManager.generate'), icon: <Sparkle />, variant: 'secondary', onClick: open };
}
