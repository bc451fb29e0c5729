import { startBookshop } from '../../../bookshop/bookshop';
import type { Ground } from './ground';

/** Lets Strapi make its tables, and the people of the bookshop; the shelves stay empty. */
export async function seedGround(ground: Ground): Promise<void> {
  const shop = await startBookshop({
    folder: ground.folder,
    environment: { ...ground.environment, BOOKSHOP_SEED: 'people' },
    config: { queue: { backend: 'embedded' } },
  });
  await shop.stop();
}
