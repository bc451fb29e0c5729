import type { AdminClient } from '../../bookshop/admin-client';
import type { WatchedJob } from '../harness/watched-job';
import type { Shop } from '../harness/working-process';
import type { ServeOptions, World } from '../harness/world';

/** A process, and who speaks to it. */
export interface Member {
  shop: Shop;
  admin: AdminClient;
  editor: AdminClient;
}

/** Who works while the soak lasts. */
export interface Crew {
  /** The one whose memory is told. */
  watched: Member;
  /** Beside it, where a queue is shared. */
  other: Member | null;
  /** Alone, and not yet watched: it may be killed, too. */
  mayDie: boolean;
  startWatched(): Promise<Member>;
  /** Codes of what a fault has given jobs reason to pause for. */
  pausesFor: Set<string>;
  /** Ids of jobs that are gone. */
  deleted: Set<string>;
}

/** @returns whether there was anything to be done */
export type SoakFault = (world: World, crew: Crew, job: WatchedJob) => Promise<boolean>;

export async function join(shop: Shop): Promise<Member> {
  return { shop, admin: await shop.admin(), editor: await shop.editor() };
}

/**
 * Lets one of the processes end, and another one take its place.
 * @param options of the new one; a process that is alone stays as it is
 */
export async function replace(
  world: World,
  crew: Crew,
  end: (shop: Shop) => Promise<void>,
  options: ServeOptions = {}
): Promise<boolean> {
  if (crew.other) {
    await end(crew.other.shop);
    crew.other = await join(await world.serve(options));
    return true;
  }
  if (!crew.mayDie) return false;
  await end(crew.watched.shop);
  crew.watched = await crew.startWatched();
  return true;
}

/**
 * Resumes each job that one of the faults has paused.
 * @throws where a job has paused for anything else, or a person’s resuming was forgotten
 */
export async function resumePaused(world: World, { watched, pausesFor }: Crew): Promise<void> {
  const paused = await world.ground.rows<{ document_id: string }>(
    `select document_id from ai_jobs_jobs where status = 'paused'`
  );
  for (const { document_id } of paused) {
    const { reason } = await watched.admin.job(document_id);
    if (!pausesFor.has(String(reason?.code)))
      throw new Error(`Job ${document_id} is paused, and no fault is to blame: ${JSON.stringify(reason)}`);
    await watched.admin.act(document_id, 'resume');
  }
}
