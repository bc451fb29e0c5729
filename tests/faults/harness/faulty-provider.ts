import {
  delay,
  ok,
  startOpenAiServer,
  type FakeOpenAi,
  type ReceivedRequest,
  type Reply,
} from '../../fakes/openai-server';
import type { Random } from './random';

/** One call as it arrived. */
export interface ProviderCall {
  index: number;
  /** Epoch milliseconds. */
  at: number;
  /** The process that called, known by its key. */
  process: string;
  /** The entry's title: what the prompt shows. */
  title: string;
  /** Answered, or to be answered, with words that cost; what is refused costs nothing. */
  paid: boolean;
  /** When its caller went away before the answer; epoch milliseconds. Null: it waited, or waits still. */
  leftAt: number | null;
  /** When its answer had gone out; epoch milliseconds. Null: it has not, or never will. */
  answeredAt: number | null;
}

/** How a call is answered; null: with words, after the usual while. */
export type Behaviour = (
  call: ProviderCall,
  request: ReceivedRequest
) => Reply | null | Promise<Reply | null>;

/** A provider that books every call, so that what was paid twice can be told. */
export interface FaultyProvider {
  ai: FakeOpenAi;
  readonly calls: readonly ProviderCall[];
  /** From now on; null: with words. */
  behave(behaviour: Behaviour | null): void;
  /** Between which milliseconds an answer takes its time. */
  latency(leastMs: number, mostMs: number): void;
  keyOf(process: string): string;
  close(): Promise<void>;
}

const KEY = 'sk-process-';
/** The words of an answer: with them a stored reply and a written entry are known again. */
export const wordsOf = (call: { index: number }): string => `AI ${call.index}.`;
/** Which call these words answered; null: they are somebody else's. */
export function callOfWords(words: string | null | undefined): number | null {
  const index = /^AI (\d+)\.$/.exec(words ?? '')?.[1];
  return index === undefined ? null : Number(index);
}

export async function startFaultyProvider(random: Random): Promise<FaultyProvider> {
  const ai = await startOpenAiServer();
  const calls: ProviderCall[] = [];
  let behaviour: Behaviour | null = null;
  let least = 30;
  let most = 120;
  ai.respond(async (request) => {
    const call: ProviderCall = {
      index: calls.length,
      at: Date.now(),
      process: String(request.headers.authorization ?? '').replace(`Bearer ${KEY}`, ''),
      title: /Title: (Fault \w+ \d+)/.exec(JSON.stringify(request.body.messages))?.[1] ?? '',
      paid: true,
      leftAt: null,
      answeredAt: null,
    };
    calls.push(call);
    const other = await behaviour?.(call, request);
    if (other) call.paid = false;
    const reply = other ?? delay(random.between(least, most), ok({ metaTitle: wordsOf(call) }));
    return (_request, response) => {
      response.once('close', () => {
        if (response.writableFinished) call.answeredAt = Date.now();
        else call.leftAt = Date.now();
      });
      return reply(request, response);
    };
  });
  return {
    ai,
    calls,
    behave(next) {
      behaviour = next;
    },
    latency(leastMs, mostMs) {
      least = leastMs;
      most = mostMs;
    },
    keyOf: (process) => `${KEY}${process}`,
    close: () => ai.close(),
  };
}
