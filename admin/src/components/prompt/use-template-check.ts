import { useEffect, useState } from 'react';
import { useDebounce } from '@strapi/strapi/admin';
import type { CheckPromptBody, TemplateProblem } from '../../../../server/src/contracts';
import { useCheckPromptMutation } from '../../api/prompts';

export interface TemplateCheck {
  problems: TemplateProblem[];
  /** What the template gives for the chosen entry; null without one. */
  rendered: string | null;
  /** True until the answer for the template as it stands has come. */
  checking: boolean;
  /** True where the server could not be asked. */
  failed: boolean;
}

const TYPING_PAUSE_MS = 400;
const NOTHING: TemplateProblem[] = [];

/** Asks the server what is wrong with a template, a moment after the last keystroke. */
export function useTemplateCheck(body: CheckPromptBody): TemplateCheck {
  const [check] = useCheckPromptMutation();
  const [answer, setAnswer] = useState<{
    for: string;
    problems: TemplateProblem[];
    rendered: string | null;
    failed: boolean;
  } | null>(null);
  const current = JSON.stringify(body);
  const settled = useDebounce(current, TYPING_PAUSE_MS);
  const empty = body.template.trim() === '' || body.contentType === '';

  useEffect(() => {
    const asked = JSON.parse(settled) as CheckPromptBody;
    if (asked.template.trim() === '' || asked.contentType === '') return;
    let live = true;
    check(asked)
      .unwrap()
      .then(({ data }) => live && setAnswer({ for: settled, ...data, failed: false }))
      .catch(() => live && setAnswer({ for: settled, problems: NOTHING, rendered: null, failed: true }));
    return () => {
      live = false;
    };
  }, [check, settled]);

  if (empty) return { problems: NOTHING, rendered: null, checking: false, failed: false };
  return {
    problems: answer?.problems ?? NOTHING,
    rendered: answer?.rendered ?? null,
    checking: answer?.for !== current,
    failed: answer?.failed ?? false,
  };
}
