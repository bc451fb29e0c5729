import { expect } from 'vitest';
import type { FaultCase } from './fault-case';

export const POISON: FaultCase[] = [
  {
    chapter: 2,
    title:
      'one item kills its worker three times: it is set aside, its siblings finish, and so do those of another job',
    async run(world) {
      let shop = await world.anyShop();
      const posts = await world.newPosts(24);
      const poison = world.random.pick(posts);
      world.provider.latency(200, 400);
      world.traps.set('item claimed', { only: poison.documentId, times: 3 });
      const other = await world.startJob(shop, await world.newPosts(8));
      const job = await world.startJob(shop, posts);
      for (const death of [1, 2, 3]) {
        await world.died(shop);
        expect(world.traps.sprung()).toHaveLength(death);
        shop = await world.serve();
      }
      expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: 24, completed: 23, failed: 1 });
      expect((await world.ends(shop, other.id)).counts).toMatchObject({ total: 8, completed: 8 });
      const client = await shop.admin();
      const [failed] = await client.items(job.id, '&status=failed');
      expect(failed).toMatchObject({
        documentId: poison.documentId,
        error: { code: 'crashed', retryable: true },
      });
      expect(failed?.error?.message).toMatch(/\w/);
      // What killed them has been mended meanwhile.
      expect((await client.act(job.id, 'retry')).status).toBe(200);
      expect((await world.ends(shop, job.id)).counts).toMatchObject({ total: 24, completed: 24, failed: 0 });
    },
  },
];
