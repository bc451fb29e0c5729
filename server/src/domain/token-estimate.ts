/** What earlier calls to a model have shown; averages in which the latest count most. */
export interface TokenExperience {
  inputPerCharacter: number;
  outputTokens: number;
}

/** A call before it is made. */
export interface PlannedCall {
  /** Of all that is sent. */
  characters: number;
  /** The most that may be answered; null: as much as the model likes. */
  maxTokens: number | null;
}

/** Source: OpenAI's rule of thumb for English; other languages need more, which the first replies teach. */
const CHARACTERS_PER_TOKEN = 4;
/** Expected of an answer where nothing is known. */
const UNKNOWN_OUTPUT_TOKENS = 1_000;
/** How much of an average the latest call is. */
const LATEST_WEIGHT = 0.2;

/** How many tokens a call will use, sent and received. */
export function estimateTokens(call: PlannedCall, experience: TokenExperience | null): number {
  const { characters, maxTokens } = call;
  if (!experience) return Math.ceil(characters / CHARACTERS_PER_TOKEN) + (maxTokens ?? UNKNOWN_OUTPUT_TOKENS);
  const output = Math.min(experience.outputTokens, maxTokens ?? Infinity);
  return Math.ceil(characters * experience.inputPerCharacter + output);
}

/** The experience with one more call in it. A provider that does not count its tokens teaches nothing. */
export function learnTokens(
  experience: TokenExperience | null,
  characters: number,
  used: { inputTokens: number; outputTokens: number }
): TokenExperience | null {
  if (characters === 0 || used.inputTokens + used.outputTokens === 0) return experience;
  const inputPerCharacter = used.inputTokens / characters;
  if (!experience) return { inputPerCharacter, outputTokens: used.outputTokens };
  const mix = (before: number, now: number): number => before + (now - before) * LATEST_WEIGHT;
  return {
    inputPerCharacter: mix(experience.inputPerCharacter, inputPerCharacter),
    outputTokens: mix(experience.outputTokens, used.outputTokens),
  };
}
