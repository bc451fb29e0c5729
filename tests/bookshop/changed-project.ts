import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../bookshop/strapi-process';

/** A copy of the bookshop whose content type has one attribute less, as after a deployment. */
export async function withoutField(
  contentType: string,
  attribute: string
): Promise<{ folder: string; remove(): Promise<void> }> {
  const outer = await mkdtemp(path.join(tmpdir(), 'bookshop-project-'));
  const folder = path.join(outer, 'demo');
  const original = path.join(ROOT, 'demo');
  await cp(original, folder, {
    recursive: true,
    filter: (source) => !['build', '.cache', '.tmp', '.strapi'].includes(path.relative(original, source)),
  });
  await symlink(path.join(original, 'build'), path.join(folder, 'build'));
  await symlink(path.join(ROOT, 'node_modules'), path.join(outer, 'node_modules'));
  const file = path.join(folder, 'src', 'api', contentType, 'content-types', contentType, 'schema.json');
  const schema = JSON.parse(await readFile(file, 'utf8')) as { attributes: Record<string, unknown> };
  const { [attribute]: _removed, ...attributes } = schema.attributes;
  await writeFile(file, JSON.stringify({ ...schema, attributes }));
  return { folder, remove: () => rm(outer, { recursive: true, force: true }) };
}
