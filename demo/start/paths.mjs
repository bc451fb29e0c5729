import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The bookshop's folder. */
export const DEMO = dirname(dirname(fileURLToPath(import.meta.url)));
/** The repository: the plugin, and the node_modules that the bookshop uses too. */
export const ROOT = dirname(DEMO);
/** Strapi's command. */
export const STRAPI = join(ROOT, 'node_modules', '@strapi', 'strapi', 'bin', 'strapi.js');
/** What Strapi prints while the demo runs. */
export const LOG_FILE = join(DEMO, '.tmp', 'bookshop.log');
