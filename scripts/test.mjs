import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { ensurePanel, ensurePlugin } from '../demo/start/builds.mjs';
import { ensureDependencies } from '../demo/start/dependencies.mjs';
import { ROOT } from '../demo/start/paths.mjs';

/**
 * `npm test`: prepares what the tests need, then lint, types, unit and integration tests, each fault once, browser tests;
 * in CI a short bench, too, to see that its figures can be taken. A test that needed a second try is named at the end.
 * The last line is `N passed, N failed`. With CI=true a skipped test is a failed one.
 */
const CI = process.env.CI === 'true';
const RESULTS = join(ROOT, 'tests', '.artifacts', 'results.json');
/** Written by tests/second-tries.ts. */
const SECOND_TRIES = join(ROOT, 'tests', '.artifacts', 'second-tries.json');

const say = (line) => console.log(line);

/** Runs a program with its output shown; its exit code. */
function run(command, args, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function findProgram(...names) {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).map((version) => join(debian, version, 'bin'))
    : [];
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', ...versions];
  return names.some((name) => folders.some((folder) => existsSync(join(folder, name))));
}

/**
 * What some tests need beside Node: where it may come from, and how it is installed where that is allowed. `stopped`: some
 * tests stop it, and then the one that is given is not enough.
 */
const SERVICES = [
  {
    name: 'Redis',
    given: ['REDIS_URL'],
    stopped: true,
    programs: ['redis-server'],
    packages: ['redis-server'],
  },
  {
    name: 'PostgreSQL',
    given: ['PGHOST', 'DATABASE_URL'],
    stopped: true,
    programs: ['postgres'],
    packages: ['postgresql'],
  },
  {
    name: 'MariaDB',
    given: ['MYSQL_HOST'],
    programs: ['mariadbd'],
    packages: ['mariadb-server'],
  },
  {
    name: 'Chromium',
    given: ['CHROMIUM_PATH'],
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    packages: ['chromium', 'fonts-noto-core'],
  },
];

async function prepareServices() {
  const isGiven = (service) => service.given.some((variable) => process.env[variable]);
  const missing = SERVICES.filter(
    (service) => !findProgram(...service.programs) && (service.stopped || !isGiven(service))
  );
  if (missing.length === 0) return;
  if (!CI) {
    for (const service of missing)
      say(
        isGiven(service)
          ? `${service.name} is given, but not installed: tests that stop it are skipped (install it).`
          : `${service.name} is not here: its tests are skipped (set ${service.given[0]} or install it).`
      );
    return;
  }
  const packages = missing.flatMap((service) => service.packages);
  say(`Installing ${packages.join(', ')} …`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], quiet);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
}

/** Every test that vitest ran, with how it ended. */
async function readResults() {
  const report = JSON.parse(await readFile(RESULTS, 'utf8'));
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({
      name: `${file.name.slice(ROOT.length + 1)} › ${test.fullName}`,
      status: test.status,
    }))
  );
  // A file that could not even be loaded has no tests, and is a failure all the same.
  const brokenFiles = report.testResults
    .filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    .map((file) => ({ name: file.name.slice(ROOT.length + 1), status: 'failed' }));
  return [...tests, ...brokenFiles];
}

/** Names of the tests that were tried twice; none where vitest came to no end, which is a failure anyway. */
async function readSecondTries() {
  return JSON.parse(await readFile(SECOND_TRIES, 'utf8').catch(() => '[]'));
}

async function main() {
  await ensureDependencies({ say });
  await prepareServices();
  await ensurePlugin({ say });
  await ensurePanel({ say });
  await mkdir(join(ROOT, 'tests', '.artifacts'), { recursive: true });

  const steps = [];
  const check = async (name, args) => {
    say(`\n— ${name}`);
    steps.push({
      name,
      status: (await run('npm', ['run', '--silent', ...args])) === 0 ? 'passed' : 'failed',
    });
  };
  await check('lint', ['lint']);
  await check('types', ['check:types']);
  await check('package', ['verify']);

  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  let tests = [];
  let secondTries = [];
  for (const project of ['unit', 'integration', 'faults', 'browser']) {
    say(`\n— ${project} tests`);
    await Promise.all([RESULTS, SECOND_TRIES].map((file) => rm(file, { force: true })));
    const code = await run(
      process.execPath,
      [
        vitest,
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--reporter=${join(ROOT, 'tests', 'second-tries.ts')}`,
        `--outputFile.json=${RESULTS}`,
      ],
      { FAULTS_FORM: 'once', SECOND_TRIES_FILE: SECOND_TRIES }
    );
    const found = await readResults().catch(() => []);
    tests = tests.concat(found);
    secondTries = secondTries.concat(await readSecondTries());
    if (code !== 0 && found.every((test) => test.status !== 'failed'))
      tests.push({ name: `${project}: vitest ended with ${code}`, status: 'failed' });
  }

  if (CI) await check('bench', ['bench', '--', '--short']);

  const all = [...steps, ...tests];
  const passed = all.filter((test) => test.status === 'passed').length;
  const failed = all.filter((test) => test.status === 'failed');
  const skipped = all.filter((test) => test.status !== 'passed' && test.status !== 'failed');
  if (secondTries.length > 0)
    say(`\nNeeded a second try:\n${secondTries.map((name) => `  ${name}`).join('\n')}`);
  if (failed.length > 0) say(`\nFailed:\n${failed.map((test) => `  ${test.name}`).join('\n')}`);
  if (skipped.length > 0) say(`\nSkipped:\n${skipped.map((test) => `  ${test.name}`).join('\n')}`);
  const failures = failed.length + (CI ? skipped.length : 0);
  say(`\n${passed} passed, ${failures} failed`);
  process.exitCode = failures === 0 && passed > 0 ? 0 : 1;
}

await main();
