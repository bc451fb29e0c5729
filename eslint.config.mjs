import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** One wall of the house: files under `files` may not import what `patterns` names. */
const wall = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

const bullmq = {
  group: ['bullmq', 'bullmq/*', 'ioredis', 'pg', '@electric-sql/pglite'],
  message: 'The queue and its connections live in server/src/queue.',
};
const knex = { group: ['knex', 'knex/*'], message: 'SQL lives in server/src/store.' };
const strapi = { group: ['@strapi/*', '@strapi/*/**'], message: 'Pure rooms know no Strapi.' };
/** Rooms that may not be entered from here; knowing the types of what is handed over is no entering. */
const rooms = (...names) => ({
  regex: `^(\\.\\./)+(${names.join('|')})(/|$)`,
  allowTypeImports: true,
  message: 'Imports follow the one way through the house and never turn back (see CONTRIBUTING.md).',
});

/** The queue's own tables are in BullMQ's database, beside Strapi's: their SQL is in queue/backends and queue/limits. */
const database = {
  selector:
    "MemberExpression[object.object.name='strapi'][object.property.name='db'][property.name=/^(query|connection|getConnection|queryBuilder|transaction)$/]",
  message: "Strapi's database is spoken to in server/src/store only.",
};

const documentsCall = {
  selector: "CallExpression[callee.property.name='documents']",
  message: 'strapi.documents is spoken to in server/src/entries only.',
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      'demo/build/**',
      'demo/.cache/**',
      'demo/.strapi/**',
      'demo/types/**',
      'tests/.artifacts/**',
      '**/.tmp/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['server/src/**/*.ts', 'tests/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['server/src/**/*.ts'],
    ignores: ['server/src/entries/**'],
    rules: { 'no-restricted-syntax': ['error', documentsCall] },
  },
  {
    files: ['server/src/**/*.ts'],
    // Entries: the account that a job acts for, and the changes of rights.
    ignores: ['server/src/entries/**', 'server/src/store/**'],
    rules: { 'no-restricted-syntax': ['error', documentsCall, database] },
  },
  wall(
    ['server/src/**/*.ts'],
    [bullmq, knex],
    [
      'server/src/queue/**',
      'server/src/store/**',
      'server/src/domain/**',
      'server/src/contracts/**',
      'server/src/job-types/**',
      'server/src/providers/**',
      'server/src/entries/**',
      'server/src/controllers/**',
      'server/src/routes/**',
      'server/src/services/**',
    ]
  ),
  wall(
    ['server/src/contracts/**/*.ts'],
    [
      bullmq,
      knex,
      strapi,
      rooms(
        'domain',
        'store',
        'queue',
        'services',
        'controllers',
        'routes',
        'job-types',
        'providers',
        'entries',
        'config'
      ),
    ]
  ),
  wall(
    ['server/src/domain/**/*.ts'],
    [
      bullmq,
      knex,
      strapi,
      rooms(
        'store',
        'queue',
        'services',
        'controllers',
        'routes',
        'job-types',
        'providers',
        'entries',
        'config'
      ),
    ]
  ),
  wall(
    ['server/src/store/**/*.ts'],
    [bullmq, rooms('queue', 'services', 'controllers', 'routes', 'job-types', 'providers', 'entries')]
  ),
  wall(
    ['server/src/queue/**/*.ts'],
    [knex, rooms('services', 'controllers', 'routes', 'providers', 'entries')]
  ),
  wall(
    ['server/src/entries/**/*.ts'],
    [bullmq, knex, rooms('queue', 'services', 'controllers', 'routes', 'job-types', 'providers')]
  ),
  wall(
    ['server/src/providers/**/*.ts'],
    [bullmq, knex, rooms('store', 'queue', 'services', 'controllers', 'routes', 'job-types', 'entries')]
  ),
  wall(
    ['server/src/job-types/**/*.ts'],
    [
      bullmq,
      knex,
      strapi,
      rooms('store', 'queue', 'services', 'controllers', 'routes', 'providers', 'entries'),
    ]
  ),
  wall(['server/src/services/**/*.ts'], [bullmq, knex, rooms('controllers', 'routes')]),
  wall(
    ['server/src/controllers/**/*.ts', 'server/src/routes/**/*.ts'],
    [bullmq, knex, rooms('store', 'queue', 'job-types', 'providers', 'entries')]
  ),
  {
    files: ['admin/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: 'server/src/(?!contracts)',
              message: 'Of the server the admin panel imports the contracts and nothing else.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['demo/**/*.{js,mjs,cjs}', 'scripts/**/*.mjs', 'tests/**/*.{cjs,mjs}', 'bin/**/*.js', '*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
        global: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        Buffer: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
        exports: 'writable',
        strapi: 'readonly',
      },
    },
    rules: { 'no-console': 'off', '@typescript-eslint/no-require-imports': 'off' },
  }
);
