import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { waitFor } from '../../wait-for';
import { listen, startServices, type Place } from './backends';

const services = await startServices({ only: 'embedded' });
afterEach(() => services.closeAll());
afterAll(() => services.stop());

const message = (itemId: number) => ({ itemIds: [itemId], sequence: 1 });

async function started(place: Place, overrides: Parameters<Place['open']>[0] = {}) {
  const queue = place.open(overrides);
  queue.start();
  await waitFor(() => queue.isReady(), { timeoutMs: 30_000, what: 'the queue to be ready' });
  return queue;
}

describe('the embedded queue', { timeout: 60_000 }, () => {
  test('keeps its messages from one start to the next', async () => {
    const place = services.place('embedded');
    const first = await started(place);
    await first.enqueue('content', [message(1), { ...message(2), delayMs: 60_000 }]);
    await first.close(500);
    const second = await started(place);
    expect(await second.state()).toMatchObject({ waiting: 1, delayed: 1 });
  });

  test('belongs to one process: the next one says so, and takes over when the first has ended', async () => {
    const place = services.place('embedded');
    const first = await started(place);
    const second = place.open();
    second.start();
    await waitFor(async () => (await second.state()).state === 'unavailable');
    const { error } = await second.state();
    expect(error?.message).toContain(place.options.embeddedDirectory);
    expect(error?.message).toMatch(/in use by another process/);
    await first.close(500);
    await waitFor(() => second.isReady(), { timeoutMs: 15_000 });
  });

  test.each([
    ['a control file cut short', (directory: string) => truncate(join(directory, 'global/pg_control'), 100)],
    ['no log', (directory: string) => rm(join(directory, 'pg_wal'), { recursive: true })],
    ['an unpacking that was cut off', (directory: string) => rm(join(directory, 'ai-jobs.complete'))],
    ['another version', (directory: string) => writeFile(join(directory, 'PG_VERSION'), '12\n')],
  ])('moves a damaged directory aside and starts afresh: %s', async (_name, damage) => {
    const place = services.place('embedded');
    const { said, logger } = listen();
    const first = await started(place);
    await first.enqueue('content', [message(1)]);
    await first.close(500);
    await damage(place.options.embeddedDirectory);

    const second = await started(place, { logger });
    expect(await second.state()).toMatchObject({ waiting: 0 });
    await second.enqueue('content', [message(2)]);
    expect(said.warn.join()).toMatch(/damaged.*starts afresh/);
    const beside = await readdir(join(place.options.embeddedDirectory, '..'));
    const name = place.options.embeddedDirectory.split('/').at(-1) ?? '';
    expect(beside.filter((entry) => entry.startsWith(`${name}.broken-`))).toHaveLength(1);
  });

  test('makes its data directory itself where none was prepared', async () => {
    const queue = await started(services.place('embedded'), { preparedDirectory: null });
    await queue.enqueue('content', [message(1)]);
    expect(await queue.state()).toMatchObject({ waiting: 1 });
  });

  test('says so where its folder cannot be made', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ai-jobs-file-'));
    await writeFile(join(folder, 'file'), '');
    const queue = services.place('embedded').open({ embeddedDirectory: join(folder, 'file', 'queue') });
    queue.start();
    await waitFor(async () => (await queue.state()).state === 'unavailable');
    expect((await queue.state()).error?.message).toMatch(/cannot be opened.*folder can be written/);
    await rm(folder, { recursive: true });
  });

  test('closed while it starts: lets go of its folder', async () => {
    const place = services.place('embedded');
    const first = place.open();
    first.start();
    await first.close(0);
    await started(place);
  });
});
