import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO } from './paths.mjs';

const SECRETS = ['ADMIN_JWT_SECRET', 'API_TOKEN_SALT', 'TRANSFER_TOKEN_SALT', 'JWT_SECRET', 'ENCRYPTION_KEY'];

const secret = () => randomBytes(24).toString('base64');

/** Writes demo/.env with fresh secrets the first time; later starts keep it, so that sessions and stored keys stay valid. */
export async function ensureSecrets() {
  const lines = [`APP_KEYS=${secret()},${secret()}`, ...SECRETS.map((name) => `${name}=${secret()}`)];
  try {
    await writeFile(join(DEMO, '.env'), `${lines.join('\n')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}
