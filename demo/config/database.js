const path = require('path');

/** What PostgreSQL and MySQL share; a URL wins over its parts. */
const serverConnection = (env, port) => {
  const url = env('DATABASE_URL');
  return {
    ...(url ? { connectionString: url, uri: url } : {}),
    host: env('DATABASE_HOST', '127.0.0.1'),
    port: env.int('DATABASE_PORT', port),
    database: env('DATABASE_NAME', 'bookshop'),
    user: env('DATABASE_USERNAME', 'bookshop'),
    password: env('DATABASE_PASSWORD', 'bookshop'),
  };
};

const pool = (env) => ({ min: env.int('DATABASE_POOL_MIN', 2), max: env.int('DATABASE_POOL_MAX', 10) });

const connections = {
  sqlite: (env) => ({
    // A variable set to nothing must not become an empty file name: SQLite could not open it.
    connection: {
      filename: path.resolve(
        __dirname,
        '..',
        env('DATABASE_FILENAME', '') || path.join('.tmp', 'bookshop.db')
      ),
    },
    useNullAsDefault: true,
  }),
  postgres: (env) => ({
    connection: { ...serverConnection(env, 5432), schema: env('DATABASE_SCHEMA', 'public') },
    pool: pool(env),
  }),
  mysql: (env) => ({ connection: serverConnection(env, 3306), pool: pool(env) }),
};

module.exports = ({ env }) => {
  const client = env('DATABASE_CLIENT', '') || 'sqlite';
  const connection = connections[client];
  if (!connection) {
    throw new Error(
      `DATABASE_CLIENT is "${client}"; the bookshop knows ${Object.keys(connections).join(', ')}.`
    );
  }
  return {
    connection: {
      client,
      ...connection(env),
      acquireConnectionTimeout: env.int('DATABASE_CONNECTION_TIMEOUT', 60000),
    },
  };
};
