import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import routes from '../../server/src/routes';

const page = readFileSync(new URL('../../docs/http.md', import.meta.url), 'utf8');

/** `GET /jobs/:id`, from the first column of the page's tables. */
const described = [...page.matchAll(/^\| `([A-Z]+ \/[^`?]*)(?:\?[^`]*)?` \|/gm)].map(([, route]) => route);

test('the page on HTTP has each route once, and none that does not exist', () => {
  const existing = routes.admin.routes.map(({ method, path }) => `${method} ${path}`);
  expect([...described].sort()).toEqual([...existing].sort());
});
