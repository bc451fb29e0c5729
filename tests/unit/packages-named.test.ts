import { expect, test } from 'vitest';
import { packagesNamed } from '../bookshop/packages-named';

test.each([
  [`import zod, { z } from "zod";`, 'zod'],
  [`import "a-side-effect";`, 'a-side-effect'],
  [`export * from "@scope/whole/part";`, '@scope/whole'],
  [`export { x } from 'diff/lib';`, 'diff'],
  [`const x = () => import("bullmq");`, 'bullmq'],
  ['import(`liquidjs`)', 'liquidjs'],
  [`const a=1,b=require("openai/resources"),c=2`, 'openai'],
  [`try { module.require('pg') } catch {}`, 'pg'],
  [`require.resolve("entities")`, 'entities'],
  [`node_module.createRequire(__filename).resolve("@electric-sql/pglite")`, '@electric-sql/pglite'],
  [`createRequire(import.meta.url)("diff")`, 'diff'],
])('%s', (source, name) => {
  expect(packagesNamed('file.js', source)).toEqual({ packages: new Set([name]), untold: [] });
});

test.each([
  `import fs from 'node:fs'; require("path"); require('fs/promises')`,
  `require('../package.json'); import('./part.js'); export { x } from "./y"`,
  `const options = { require: true }; it.require("nothing"); // import "a-comment"`,
  `"require('a-string')"; createRequire(theProject)("typescript"); export const x = 1`,
])('no package is named in: %s', (source) => {
  expect(packagesNamed('file.js', source)).toEqual({ packages: new Set(), untold: [] });
});

test.each([
  'require(name)',
  'import("a" + b)',
  'const load = require; load("zod")',
  'const load = createRequire(__filename); load("zod")',
])('what only running it would tell is not passed over: %s', (source) => {
  expect(packagesNamed('file.js', source).untold).toHaveLength(1);
});
