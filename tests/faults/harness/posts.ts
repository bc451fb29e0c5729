import type { Ground } from './grounds/ground';
import type { Random } from './random';

export interface Post {
  documentId: string;
  title: string;
}

/** Puts drafts without a meta title on the shelf, straight into the table. */
export function postMaker(ground: Ground, random: Random): (count: number) => Promise<Post[]> {
  let made = 0;
  return async (count) => {
    const now = ground.time(new Date());
    const run = random.between(1_000, 9_999);
    const posts: Post[] = [];
    for (let index = 0; index < count; index += 1) {
      made += 1;
      const post = {
        documentId: `fault${run}x${String(made).padStart(14, '0')}`,
        title: `Fault ${run} ${made}`,
      };
      await ground.run(
        `insert into posts (document_id, title, locale, created_at, updated_at) values (?, ?, 'en', ?, ?)`,
        [post.documentId, post.title, now, now]
      );
      posts.push(post);
    }
    return posts;
  };
}
