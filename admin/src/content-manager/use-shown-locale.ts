import { useQueryParams } from '@strapi/strapi/admin';
import type { ContentTypeView } from '../../../server/src/contracts';

/** The language that the Content Manager shows; null where the type has none. */
export function useShownLocale(view: ContentTypeView | null): string | null {
  const [{ query }] = useQueryParams<{ plugins?: { i18n?: { locale?: string } } }>();
  if (!view?.localized) return null;
  return query.plugins?.i18n?.locale ?? view.defaultLocale;
}
