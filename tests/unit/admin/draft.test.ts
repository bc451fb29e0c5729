import { expect, test } from 'vitest';
import type { ContentTypeView, PromptView } from '../../../server/src/contracts';
import { draftFromSettings, settingsOf, withPrompt } from '../../../admin/src/pages/NewJob/draft';

const view = { fields: [], mayPublish: true, draftAndPublish: true } as unknown as ContentTypeView;
const prompt = (id: string, html: boolean | null): PromptView =>
  ({ id, template: `Template ${id}`, outputs: [], html }) as unknown as PromptView;
const prompts = [prompt('rich', true), prompt('plain', false), prompt('silent', null)];

test.each([
  ['rich', true],
  ['plain', false],
  ['silent', false],
])('a draft that knows its prompt (%s) and no more allows HTML as the prompt does', (promptId, html) => {
  expect(settingsOf(draftFromSettings(view, { promptId }, prompts), prompts)).toMatchObject({
    promptId,
    html,
  });
});

test('what a person chose before stands above what the prompt says', () => {
  expect(draftFromSettings(view, { promptId: 'rich', html: false }, prompts).html).toBe(false);
  expect(draftFromSettings(view, { promptId: 'plain', html: true }, prompts).html).toBe(true);
});

test('a prompt that is picked brings its choice along, one without a choice leaves it', () => {
  const [rich, plain, silent] = prompts as [PromptView, PromptView, PromptView];
  const draft = withPrompt(draftFromSettings(view, {}, prompts), view, rich);
  expect(draft.html).toBe(true);
  expect(withPrompt(draft, view, silent).html).toBe(true);
  expect(withPrompt(draft, view, plain).html).toBe(false);
});
