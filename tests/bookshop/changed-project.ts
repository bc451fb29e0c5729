import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './strapi-process';

type Attributes = Record<string, unknown>;

/** A project of its own, in a folder of its own. */
export interface ChangedProject {
  folder: string;
  remove(): Promise<void>;
}

/** A copy of the bookshop, to be changed. */
async function copied(change: (folder: string) => Promise<void>): Promise<ChangedProject> {
  const outer = await mkdtemp(path.join(tmpdir(), 'bookshop-project-'));
  const folder = path.join(outer, 'demo');
  const original = path.join(ROOT, 'demo');
  await cp(original, folder, {
    recursive: true,
    filter: (source) => !['build', '.cache', '.tmp', '.strapi'].includes(path.relative(original, source)),
  });
  await symlink(path.join(original, 'build'), path.join(folder, 'build'));
  await symlink(path.join(ROOT, 'node_modules'), path.join(outer, 'node_modules'));
  await change(folder);
  return { folder, remove: () => rm(outer, { recursive: true, force: true }) };
}

/** A copy of the bookshop whose content type has other attributes, as after a deployment. */
const withAttributes = (
  contentType: string,
  change: (attributes: Attributes) => Attributes
): Promise<ChangedProject> =>
  copied(async (folder) => {
    const file = path.join(folder, 'src', 'api', contentType, 'content-types', contentType, 'schema.json');
    const schema = JSON.parse(await readFile(file, 'utf8')) as { attributes: Attributes };
    await writeFile(file, JSON.stringify({ ...schema, attributes: change(schema.attributes) }));
  });

/** The bookshop with code of its own: JavaScript that runs at its start, with `strapi` in reach. */
export const withBootstrap = (code: string): Promise<ChangedProject> =>
  copied(async (folder) => {
    const file = path.join(folder, 'src', 'index.js');
    await writeFile(
      file,
      `${await readFile(file, 'utf8')}
const { bootstrap } = module.exports;
module.exports.bootstrap = async ({ strapi }) => {
  await bootstrap({ strapi });
  ${code}
};
`
    );
  });

/** The bookshop without one attribute of a content type. */
export const withoutField = (contentType: string, attribute: string): Promise<ChangedProject> =>
  withAttributes(contentType, ({ [attribute]: _removed, ...others }) => others);

/** The bookshop with further attributes of a content type. */
export const withFields = (contentType: string, more: Attributes): Promise<ChangedProject> =>
  withAttributes(contentType, (attributes) => ({ ...attributes, ...more }));
