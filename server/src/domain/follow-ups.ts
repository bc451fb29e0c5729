/** Kinds of work about the items of another job: it must stay until they have ended. */
export const FOLLOW_UP_TYPES: readonly string[] = ['undo', 'publish-items'];

export function isFollowUp(jobType: string): boolean {
  return FOLLOW_UP_TYPES.includes(jobType);
}
