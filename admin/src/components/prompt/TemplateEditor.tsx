import { useRef } from 'react';
import { Field, Flex } from '@strapi/design-system';
import type { ContentTypeView, TemplateProblem } from '../../../../server/src/contracts';
import { useText } from '../text';
import { PlaceholderChips } from './PlaceholderChips';
import { TemplateProblems } from './TemplateProblems';
import { TemplateTextarea } from './TemplateTextarea';
import { renamePlaceholder } from './template';
import type { TemplateCheck } from './use-template-check';

interface TemplateEditorProps {
  value: string;
  onChange: (template: string) => void;
  check: TemplateCheck;
  placeholders: ContentTypeView['placeholders'];
  /** What the server said about the template when it was last sent. */
  error?: string;
  disabled?: boolean;
}

/** Where in the text a line and column (both from 1) lie. */
function offsetOf(template: string, line: number, column: number): number {
  const before = template.split('\n').slice(0, line - 1);
  return before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
}

/** A prompt's template: coloured, checked while one types, with what it may name one click away. */
export function TemplateEditor(props: TemplateEditorProps) {
  const { value, onChange, check, placeholders, error, disabled = false } = props;
  const text = useText();
  const input = useRef<HTMLTextAreaElement>(null);

  const insert = (name: string) => {
    const placeholder = `{{ ${name} }}`;
    const start = input.current?.selectionStart ?? value.length;
    const end = input.current?.selectionEnd ?? value.length;
    onChange(value.slice(0, start) + placeholder + value.slice(end));
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(start + placeholder.length, start + placeholder.length);
    });
  };
  const goTo = (problem: TemplateProblem) => {
    const start = offsetOf(value, problem.line ?? 1, problem.column ?? 1);
    input.current?.focus();
    input.current?.setSelectionRange(start, start + (problem.placeholder?.length ?? 1));
  };

  return (
    <Field.Root name="template" id="ai-jobs-template" error={error} required>
      <Flex direction="column" alignItems="stretch" gap={2}>
        <Field.Label>{text('template.label')}</Field.Label>
        <TemplateTextarea
          ref={input}
          id="ai-jobs-template"
          name="template"
          value={value}
          problems={check.problems}
          hasError={Boolean(error) || check.problems.length > 0}
          disabled={disabled}
          placeholder={text('template.example')}
          aria-describedby="ai-jobs-template-problems"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <div id="ai-jobs-template-problems">
          <Field.Error />
          {value.trim() === '' ? null : (
            <TemplateProblems
              problems={check.problems}
              checking={check.checking}
              failed={check.failed}
              onGoTo={goTo}
              onFix={(placeholder, nearest) => onChange(renamePlaceholder(value, placeholder, nearest))}
            />
          )}
        </div>
        <PlaceholderChips placeholders={placeholders} disabled={disabled} onInsert={insert} />
      </Flex>
    </Field.Root>
  );
}
