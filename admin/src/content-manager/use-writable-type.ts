import { useRBAC } from '@strapi/strapi/admin';
import type { ContentTypeView } from '../../../server/src/contracts';
import { useListContentTypesQuery } from '../api/content-types';
import { PERMISSIONS } from '../permissions';

/** The content type as far as AI may write it; null where the reader may start no job for it. */
export function useWritableType(uid: string): ContentTypeView | null {
  const { allowedActions } = useRBAC(PERMISSIONS.jobsCreate);
  const { data } = useListContentTypesQuery(undefined, { skip: !allowedActions.canCreate });
  if (!allowedActions.canCreate) return null;
  return data?.data.find((view) => view.uid === uid) ?? null;
}
