import { signIn, type AdminClient } from '../bookshop/admin-client';
import type { Credentials } from './panel';

const PASSWORD = 'Bookshop-1234';
let made = 0;

interface Right {
  action: string;
  subject: string | null;
}

/** Makes a person with a role of the admin panel, by its code such as `strapi-editor` or its id; signs nobody in. */
export async function makePerson(
  admin: AdminClient,
  role: string | number,
  preferedLanguage?: string
): Promise<Credentials> {
  made += 1;
  const email = `person-${process.pid}-${made}@bookshop.test`;
  const roles = await admin.data<{ id: number; code: string }[]>('GET', '/admin/roles');
  const roleId = typeof role === 'number' ? role : roles.find(({ code }) => code === role)?.id;
  const names = { firstname: 'Lan', lastname: 'Tester' };
  const { registrationToken } = await admin.data<{ registrationToken: string }>('POST', '/admin/users', {
    ...names,
    email,
    roles: [roleId],
  });
  await admin.data('POST', '/admin/register', {
    userInfo: { ...names, password: PASSWORD },
    registrationToken,
  });
  const person = { email, password: PASSWORD };
  if (preferedLanguage !== undefined) {
    const client = await signIn(admin.url, person);
    await client.data('PUT', '/admin/users/me', { ...names, email, preferedLanguage });
  }
  return person;
}

/** Makes a role with those rights of the role Editor that `keeps` lets through, and more of one's own; its id. */
export async function makeRole(
  admin: AdminClient,
  name: string,
  keeps: (right: Right) => boolean,
  more: Right[] = []
): Promise<number> {
  const roles = await admin.data<{ id: number; code: string }[]>('GET', '/admin/roles');
  const editor = roles.find(({ code }) => code === 'strapi-editor');
  const rights = await admin.data<(Right & Record<string, unknown>)[]>(
    'GET',
    `/admin/roles/${editor?.id ?? ''}/permissions`
  );
  const role = await admin.data<{ id: number }>('POST', '/admin/roles', {
    name: `${name} ${Date.now()}`,
    description: name,
  });
  const permissions = rights
    .filter(keeps)
    .map(({ action, subject, properties, conditions }) => ({ action, subject, properties, conditions }));
  await admin.data('PUT', `/admin/roles/${role.id}/permissions`, { permissions: [...permissions, ...more] });
  return role.id;
}
