/** The parts of an administrator's account that name them. */
export interface NamedUser {
  firstname?: string | null;
  lastname?: string | null;
  username?: string | null;
  email?: string;
}

/** A person's name as people know them. */
export function personName(user: NamedUser): string {
  const full = [user.firstname, user.lastname].filter(Boolean).join(' ').trim();
  return full || user.username || user.email || '—';
}
