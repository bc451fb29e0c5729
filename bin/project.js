'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { CommandError } = require('./command-error');

function dependenciesOf(folder) {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return {};
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8'));
    return { ...devDependencies, ...dependencies };
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${error.message}`);
  }
}

/**
 * The Strapi project in a folder: its own copy of Strapi, and where its code lies, built if it is written in TypeScript.
 * @throws CommandError where there is no project, or it has not been built
 */
async function findProject(folder) {
  if (!dependenciesOf(folder)['@strapi/strapi']) {
    throw new CommandError(
      `There is no Strapi project in ${folder}: its package.json does not name @strapi/strapi. Run this in the project's folder.`
    );
  }
  const projectRequire = createRequire(path.join(folder, 'package.json'));
  let entry;
  try {
    entry = projectRequire.resolve('@strapi/strapi');
  } catch {
    throw new CommandError(`Strapi is not installed in ${folder}. Run "npm install" there first.`);
  }
  const strapi = projectRequire(entry);
  if (!existsSync(path.join(folder, 'tsconfig.json'))) return { ...strapi, distDir: folder };
  // Of what Strapi itself depends on: the one that knows where the project's TypeScript is built to.
  const typescript = createRequire(entry)('@strapi/typescript-utils');
  const distDir = (await typescript.resolveOutDir(folder)) ?? folder;
  if (!existsSync(path.join(distDir, 'config')) && !existsSync(path.join(distDir, 'src'))) {
    throw new CommandError(
      `The project has not been built: ${distDir} is missing. Run "npm run build" first.`
    );
  }
  return { ...strapi, distDir };
}

module.exports = { findProject };
