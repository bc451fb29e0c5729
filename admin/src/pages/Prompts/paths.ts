import { JOBS_PATH } from '../../components/paths';

export const PROMPTS_PATH = `${JOBS_PATH}/prompts`;
/** In the place of an id: a prompt that is not saved yet. */
export const NEW_PROMPT_ID = 'new';
export const NEW_PROMPT_PATH = `${PROMPTS_PATH}/${NEW_PROMPT_ID}`;

/** A prompt's own page. */
export function promptPath(id: string): string {
  return `${PROMPTS_PATH}/${encodeURIComponent(id)}`;
}
