import { Button, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, WarningCircle } from '@strapi/icons';
import type { TemplateProblem } from '../../../../server/src/contracts';
import { useReasonText } from '../reason';
import { useText } from '../text';

interface TemplateProblemsProps {
  problems: TemplateProblem[];
  checking: boolean;
  failed: boolean;
  onFix: (placeholder: string, nearest: string) => void;
  onGoTo: (problem: TemplateProblem) => void;
}

/** The nearest name is on the button beside these. */
const UNKNOWN_NAMES = ['template_placeholder_unknown', 'template_placeholder_near'];

/** What is wrong with a template and where, each with its cure where one is known; or that nothing is. */
export function TemplateProblems({ problems, checking, failed, onFix, onGoTo }: TemplateProblemsProps) {
  const text = useText();
  const reasonText = useReasonText();
  if (failed) return <Typography textColor="warning600">{text('template.checkFailed')}</Typography>;
  if (problems.length === 0) {
    return (
      <Flex gap={2} aria-live="polite">
        {checking ? null : <CheckCircle fill="success600" aria-hidden />}
        <Typography variant="pi" textColor="neutral600">
          {text(checking ? 'template.checking' : 'template.fine')}
        </Typography>
      </Flex>
    );
  }
  return (
    <Flex direction="column" alignItems="stretch" gap={1} role="alert">
      {problems.map((problem, index) => (
        <Flex key={index} gap={2} wrap="wrap">
          <WarningCircle fill="danger600" aria-hidden />
          {problem.line === null ? null : (
            <Button size="S" variant="ghost" onClick={() => onGoTo(problem)}>
              {text('template.line', { line: problem.line })}
            </Button>
          )}
          <Typography variant="pi" textColor="danger600">
            {UNKNOWN_NAMES.includes(problem.code)
              ? text('template.unknown', { placeholder: problem.placeholder })
              : reasonText(problem)}
          </Typography>
          {problem.placeholder && problem.nearest ? (
            <Button
              size="S"
              variant="tertiary"
              onClick={() => onFix(problem.placeholder ?? '', problem.nearest ?? '')}
            >
              {text('template.useNearest', { nearest: problem.nearest })}
            </Button>
          ) : null}
        </Flex>
      ))}
    </Flex>
  );
}
