import { forwardRef, useRef, type TextareaHTMLAttributes } from 'react';
import { styled } from 'styled-components';
import type { TemplateProblem } from '../../../../server/src/contracts';
import { namesPlaceholder, splitTemplate, type TemplatePart } from './template';

const Frame = styled.div<{ $hasError: boolean }>`
  position: relative;
  border: 1px solid
    ${({ theme, $hasError }) => ($hasError ? theme.colors.danger600 : theme.colors.neutral200)};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  overflow: hidden;

  &:focus-within {
    border-color: ${({ theme, $hasError }) => ($hasError ? theme.colors.danger600 : theme.colors.primary600)};
    box-shadow: 0 0 0 2px
      ${({ theme, $hasError }) => ($hasError ? theme.colors.danger600 : theme.colors.primary600)};
  }

  & > textarea,
  & > div {
    box-sizing: border-box;
    width: 100%;
    height: 28rem;
    padding: ${({ theme }) => theme.spaces[3]} ${({ theme }) => theme.spaces[4]};
    margin: 0;
    border: 0;
    font-family: monospace;
    font-size: ${({ theme }) => theme.fontSizes[2]};
    line-height: 1.6;
    letter-spacing: normal;
    white-space: pre-wrap;
    overflow-wrap: break-word;
    tab-size: 2;
  }
`;

const Colours = styled.div`
  position: absolute;
  inset: 0;
  overflow: hidden;
  color: transparent;
  pointer-events: none;
`;

const Mark = styled.mark<{ $kind: 'known' | 'tag' | 'unknown' }>`
  color: transparent;
  border-radius: 2px;
  background: ${({ theme, $kind }) =>
    ({ known: theme.colors.primary200, tag: theme.colors.secondary200, unknown: theme.colors.danger200 })[
      $kind
    ]};
`;

const Input = styled.textarea`
  position: relative;
  display: block;
  resize: none;
  overflow-y: scroll;
  background: transparent;
  color: ${({ theme }) => theme.colors.neutral800};

  &:focus {
    outline: none;
  }

  &:disabled {
    color: ${({ theme }) => theme.colors.neutral600};
    cursor: not-allowed;
  }
`;

function kindOf(part: TemplatePart, problems: TemplateProblem[]): 'known' | 'tag' | 'unknown' {
  const unknown = problems.some(
    ({ placeholder }) => placeholder !== null && namesPlaceholder(part, placeholder)
  );
  if (unknown) return 'unknown';
  return part.kind === 'tag' ? 'tag' : 'known';
}

interface TemplateTextareaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  value: string;
  problems: TemplateProblem[];
  hasError: boolean;
}

/** A text area whose placeholders are coloured: a layer under the text paints behind it and scrolls along. */
export const TemplateTextarea = forwardRef<HTMLTextAreaElement, TemplateTextareaProps>(
  function TemplateTextarea({ value, problems, hasError, ...rest }, ref) {
    const colours = useRef<HTMLDivElement>(null);
    return (
      <Frame $hasError={hasError}>
        <Colours ref={colours} aria-hidden>
          {splitTemplate(value).map((part, index) =>
            part.kind === 'text' ? (
              <span key={index}>{part.text}</span>
            ) : (
              <Mark key={index} $kind={kindOf(part, problems)}>
                {part.text}
              </Mark>
            )
          )}
          {'\n'}
        </Colours>
        <Input
          {...rest}
          ref={ref}
          value={value}
          spellCheck={false}
          aria-invalid={hasError}
          onScroll={(event) => {
            if (colours.current) colours.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </Frame>
    );
  }
);
