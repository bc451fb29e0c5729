import { expect, test } from 'vitest';
import { estimateTokens, learnTokens, type TokenExperience } from '../../server/src/domain/token-estimate';

const english = { characters: 4_000, maxTokens: null };

test('where nothing is known: a quarter of what is sent, and the most that may be answered', () => {
  expect(estimateTokens(english, null)).toBe(2_000);
  expect(estimateTokens({ ...english, maxTokens: 300 }, null)).toBe(1_300);
});

test('what calls really used replaces the guess, in any language', () => {
  const experience = learnTokens(null, 1_000, { inputTokens: 800, outputTokens: 50 });
  expect(estimateTokens({ characters: 2_000, maxTokens: null }, experience)).toBe(1_650);
  expect(estimateTokens({ characters: 2_000, maxTokens: 20 }, experience)).toBe(1_620);
});

test('the latest calls count most, a single odd one does not decide', () => {
  let experience: TokenExperience | null = null;
  for (let call = 0; call < 30; call += 1)
    experience = learnTokens(experience, 1_000, { inputTokens: 250, outputTokens: 100 });
  const before = estimateTokens(english, experience);
  expect(before).toBe(1_100);
  experience = learnTokens(experience, 1_000, { inputTokens: 250, outputTokens: 2_100 });
  expect(estimateTokens(english, experience)).toBe(1_500);
  for (let call = 0; call < 30; call += 1)
    experience = learnTokens(experience, 1_000, { inputTokens: 250, outputTokens: 2_100 });
  expect(estimateTokens(english, experience)).toBeGreaterThan(3_000);
});

test('a provider that does not count its tokens teaches nothing', () => {
  expect(learnTokens(null, 1_000, { inputTokens: 0, outputTokens: 0 })).toBeNull();
  const known = { inputPerCharacter: 0.25, outputTokens: 10 };
  expect(learnTokens(known, 0, { inputTokens: 10, outputTokens: 10 })).toBe(known);
});
