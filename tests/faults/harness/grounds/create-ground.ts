import type { DatabaseName, Ground } from './ground';
import { createMariadbGround } from './mariadb';
import { createPostgresGround } from './postgres';
import { createSqliteGround } from './sqlite';

export function createGround(name: DatabaseName): Promise<Ground> {
  switch (name) {
    case 'sqlite':
      return createSqliteGround();
    case 'postgres':
      return createPostgresGround();
    case 'mariadb':
      return createMariadbGround();
  }
}
