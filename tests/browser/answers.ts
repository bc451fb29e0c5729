import { ok, type ReceivedRequest, type Reply } from '../fakes/openai-server';

/** The title of the entry that a request is about: the bookshop's prompts name it in a line of its own. */
export function titleIn(request: ReceivedRequest): string {
  const messages = Array.isArray(request.body.messages) ? request.body.messages : [];
  return /Title: ([^\\"\n]+)/.exec(JSON.stringify(messages))?.[1]?.trim() ?? 'nothing';
}

/** What the AI of these tests writes about an entry. */
export const metaTitleOf = (title: string): string => `${title}, in brief`.slice(0, 60);

/** An answer for the fields that the bookshop's prompt for posts writes. */
export function writesMeta(request: ReceivedRequest): Reply {
  const title = titleIn(request);
  return ok({ metaTitle: metaTitleOf(title), metaDescription: `What there is to know about: ${title}.` });
}

/** Lets a number of calls through and holds the others until it is opened. */
export class Gate {
  private passed = 0;
  private open: () => void = () => undefined;
  private readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  constructor(private readonly free: number) {}

  async pass(): Promise<void> {
    this.passed += 1;
    if (this.passed > this.free) await this.opened;
  }

  release(): void {
    this.open();
  }
}
