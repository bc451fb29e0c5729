import type { Post } from './posts';

/** A job that the invariants are asserted for. */
export interface WatchedJob {
  id: string;
  posts: Post[];
}
