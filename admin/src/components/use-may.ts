import { useAuth } from '@strapi/strapi/admin';

/** Whether the reader has any of these rights; said at once, without asking the server. */
export function useMay(rights: { action: string }[]): boolean {
  const permissions = useAuth('AiJobs', (auth) => auth.permissions);
  return permissions.some(({ action }) => rights.some((right) => right.action === action));
}
