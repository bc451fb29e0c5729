import type { NotificationConfig } from '@strapi/strapi/admin';

/** What the tray takes from Strapi's own tree, which it stands outside of. */
export interface Session {
  /** Whether this person may see jobs at all. */
  mayRead: boolean;
  /** Shows a toast. */
  notify: (notification: NotificationConfig) => void;
  /** Goes to a path inside the admin panel, without a reload. */
  navigate: (path: string) => void;
  /** Where the admin panel lives, like `/admin`; goes before a path in a link. */
  home: string;
}

let current: Session | null = null;
const listeners = new Set<() => void>();

/** Said anew at each login and reload. */
export function announceSession(session: Session): void {
  current = session;
  for (const listener of listeners) listener();
}

/** The latest session; null before the first login. */
export function currentSession(): Session | null {
  return current;
}

/** Calls `listener` at each announcement; returns how to stop. */
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
