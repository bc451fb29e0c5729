import { expect, test } from 'vitest';
import { publishItems } from '../../server/src/job-types/publish-items';

test('what an earlier attempt published before it was stopped is published, and not published again', async () => {
  const context = { item: { appliedAt: 1 } } as Parameters<typeof publishItems.run>[0];
  expect(await publishItems.run(context)).toMatchObject({
    status: 'completed',
    message: { code: 'published' },
  });
});
