import { wordsOf, type FaultyProvider, type ProviderCall } from './faulty-provider';
import type { Ground } from './grounds/ground';
import type { WatchedJob } from './watched-job';

const ON_THE_WAY_MS = 150;
/** Within which a process that wakes has heard what is no longer its own. */
const WAKING_MS = 1_000;

/** The words of all replies that are in the database. */
export async function storedWords(ground: Ground): Promise<Set<string | undefined>> {
  const rows = await ground.rows<{ reply: string }>(
    'select reply from ai_jobs_replies where reply is not null'
  );
  return new Set(rows.map(({ reply }) => /AI \d+\./.exec(reply)?.[0]));
}

/** The titles of all entries whose items are in the hands of a worker, or have been taken from one that had gone. */
async function titlesHeld(ground: Ground, jobs: readonly WatchedJob[]): Promise<Set<string>> {
  const rows = await ground.rows<{ entry_document_id: string }>(
    "select entry_document_id from ai_jobs_items where status = 'processing' or crashes > 0"
  );
  const held = new Set(rows.map((row) => row.entry_document_id));
  return new Set(
    jobs.flatMap(({ posts }) =>
      posts.filter(({ documentId }) => held.has(documentId)).map(({ title }) => title)
    )
  );
}

/** The calls whose reply was lost with a process: they may be made once more. Processes are known by their names. */
export class LostCalls {
  private readonly lost = new Set<number>();
  private readonly awakenings: { name: string; at: number }[] = [];

  constructor(
    private readonly books: {
      provider: FaultyProvider;
      ground: Ground;
      jobs: readonly WatchedJob[];
      /** So many calls a process may have in hand. */
      concurrency: number;
    }
  ) {}

  has(call: ProviderCall): boolean {
    return this.lost.has(call.index);
  }

  /**
   * A process has gone, for ever or for longer than its lease: the calls it had in hand, those without a stored reply, are lost.
   * Those that it had given up itself, or had an answer to that it made nothing of, were not in hand any more.
   * @param since when it went; epoch milliseconds
   * @throws where that is more than it can have had in hand
   */
  async with(name: string, since: number): Promise<void> {
    const { provider, ground, jobs, concurrency } = this.books;
    // What a process sent in its last moment is still on its way to the provider.
    await new Promise((resolve) => setTimeout(resolve, ON_THE_WAY_MS));
    const stored = await storedWords(ground);
    const held = await titlesHeld(ground, jobs);
    const calls = provider.calls.filter((call) => call.process === name);
    const latest = new Map(calls.map((call) => [call.title, call]));
    const isUnderWay = ({ leftAt, answeredAt }: ProviderCall): boolean =>
      Math.min(leftAt ?? Infinity, answeredAt ?? Infinity) >= since;
    const isToBeStored = (call: ProviderCall): boolean =>
      call.leftAt === null && held.has(call.title) && latest.get(call.title) === call;
    const lost = calls.filter(
      (call) =>
        call.paid && !this.has(call) && !stored.has(wordsOf(call)) && (isUnderWay(call) || isToBeStored(call))
    );
    for (const call of lost) this.lost.add(call.index);
    if (lost.length > concurrency)
      throw new Error(
        `${name} may have ${concurrency} calls in hand; the replies of ${lost.length} went with it: ${JSON.stringify(lost)}`
      );
  }

  /** A process has been silent for longer than its lease, and wakes now. */
  async withSilent(name: string, since: number): Promise<void> {
    await this.with(name, since);
    this.awakenings.push({ name, at: Date.now() });
  }

  /**
   * Whether a process that had been silent sent this call in the instant when it woke, and took it back when it heard that the item
   * was another's: it had asked before it fell silent (docs/faults.md, what is not promised).
   */
  isLate({ process: name, at, leftAt }: ProviderCall): boolean {
    return (
      leftAt !== null &&
      this.awakenings.some((woke) => woke.name === name && at >= woke.at && at - woke.at < WAKING_MS)
    );
  }
}
