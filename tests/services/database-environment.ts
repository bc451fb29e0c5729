import type { PostgresConnection } from './postgres';

/** How a project's configuration is told where Strapi's database is. */
export const databaseEnvironment = (
  client: 'postgres' | 'mysql',
  { host, port, database, user, password }: PostgresConnection
): Record<string, string> => ({
  DATABASE_CLIENT: client,
  DATABASE_HOST: host,
  DATABASE_PORT: String(port),
  DATABASE_NAME: database,
  DATABASE_USERNAME: user,
  DATABASE_PASSWORD: password,
});
