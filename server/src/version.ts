import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The plugin's version, from the package that this was built into; empty where that cannot be read. */
export function pluginVersion(): string {
  try {
    const file = readFileSync(path.resolve(__dirname, '..', '..', 'package.json'), 'utf8');
    const { version } = JSON.parse(file) as { version?: unknown };
    return typeof version === 'string' ? version : '';
  } catch {
    return '';
  }
}
