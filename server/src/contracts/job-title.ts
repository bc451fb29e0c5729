import { fillSentence } from './reason';

/** Titles that the plugin makes from another one; a title a person gave, or one of names only, has no code. */
export const TITLE_CODES = ['undo', 'publish'] as const;
export type TitleCode = (typeof TITLE_CODES)[number];

/** A made title: what it is about, and which words to put around it in the reader's language. */
export interface MadeTitle {
  code: TitleCode;
  params: { title: string };
}

const ENGLISH: Record<TitleCode, string> = { undo: 'Undo · {title}', publish: 'Publish · {title}' };

/** A job's title in English. */
export function englishTitle(job: { title: string; titleCode: TitleCode | null }): string {
  return job.titleCode === null ? job.title : fillSentence(ENGLISH[job.titleCode], { title: job.title });
}

/** How a made title is to be put into words; null where the title is as it stands. */
export function madeTitle(job: { title: string; titleCode: TitleCode | null }): MadeTitle | null {
  return job.titleCode === null ? null : { code: job.titleCode, params: { title: job.title } };
}
