import { useState } from 'react';
import { Box, Button, Flex, Radio, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronUp, Play, Sparkle } from '@strapi/icons';
import { styled } from 'styled-components';
import type { ContentTypeView, ProviderView } from '../../../../server/src/contracts';
import { errorAt, errorsElsewhere, type ServerErrors } from '../../components/server-errors';
import { useText } from '../../components/text';
import type { SelectionCount } from '../../components/use-selection-count';
import type { JobDraft } from './draft';
import type { Missing } from './missing';
import { StartOptions } from './StartOptions';
import { SummaryLines } from './SummaryLines';
import { sampleSize, type SampleState } from './use-sample';

const Sticky = styled(Box)`
  position: sticky;
  /* Clear of Strapi's header, which sticks as well. */
  top: ${({ theme }) => theme.spaces[11]};
  max-height: calc(100vh - ${({ theme }) => `${theme.spaces[11]} - ${theme.spaces[4]}`});
  overflow-y: auto;
`;

/** Where the cards show what the server says; anything else is said here. */
const SHOWN_PATHS = ['title', 'startAt', 'priority', 'selection', 'settings'];

interface SummaryProps {
  view: ContentTypeView;
  providers: ProviderView[];
  draft: JobDraft;
  onChange: (draft: JobDraft) => void;
  count: SelectionCount;
  sample: SampleState;
  missing: Missing[];
  errors: ServerErrors | null;
  isStarting: boolean;
  onStart: () => void;
}

/** What will happen, in a few lines that stay in sight, with the buttons that make it happen. */
export function Summary(props: SummaryProps) {
  const { view, providers, draft, onChange, count, sample, missing, errors, isStarting, onStart } = props;
  const text = useText();
  const [asked, setAsked] = useState(false);
  const [opened, setOpened] = useState(false);
  const options = opened || ['title', 'startAt', 'priority'].some((path) => errorAt(errors, path));
  const elsewhere = errorsElsewhere(errors, SHOWN_PATHS);
  const refused = elsewhere.length > 0 ? elsewhere : errors ? [text('newJob.refused')] : [];

  const start = () => {
    setAsked(true);
    if (missing.length === 0) onStart();
  };

  return (
    <Sticky
      tag="aside"
      aria-labelledby="ai-jobs-summary"
      background="neutral0"
      hasRadius
      shadow="tableShadow"
      padding={5}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography id="ai-jobs-summary" tag="h2" variant="delta">
          {text('newJob.summary.title')}
        </Typography>
        <SummaryLines view={view} providers={providers} draft={draft} count={count} sample={sample} />
        {view.draftAndPublish ? (
          <Radio.Group
            aria-label={text('newJob.mode')}
            value={draft.mode}
            onValueChange={(mode: string) =>
              onChange({ ...draft, mode: mode === 'publish' ? 'publish' : 'apply' })
            }
          >
            <Flex direction="column" alignItems="flex-start" gap={2}>
              <Radio.Item value="apply">{text('newJob.mode.apply')}</Radio.Item>
              <Radio.Item value="publish" disabled={!view.mayPublish}>
                {text(view.mayPublish ? 'newJob.mode.publish' : 'newJob.mode.mayNotPublish')}
              </Radio.Item>
            </Flex>
          </Radio.Group>
        ) : null}
        <Button
          variant="secondary"
          fullWidth
          startIcon={<Play />}
          loading={sample.isRunning}
          disabled={missing.length > 0}
          onClick={() => void sample.run()}
        >
          {text('newJob.sample.try', { count: sampleSize(count.count?.total) })}
        </Button>
        <Button fullWidth startIcon={<Sparkle />} loading={isStarting} onClick={start}>
          {text(draft.startAt === null ? 'newJob.start' : 'newJob.startLater')}
        </Button>
        <div role="alert">
          {asked && missing.length > 0 ? (
            <Flex direction="column" alignItems="flex-start" gap={1}>
              <Typography variant="pi" fontWeight="bold" textColor="danger600">
                {text('newJob.missing')}
              </Typography>
              {missing.map((part) => (
                <Typography key={part} variant="pi" textColor="danger600">
                  {`• ${text(`newJob.missing.${part}`)}`}
                </Typography>
              ))}
            </Flex>
          ) : null}
          {missing.length === 0 &&
            refused.map((message) => (
              <Typography key={message} variant="pi" textColor="danger600">
                {message}
              </Typography>
            ))}
        </div>
        <Button
          variant="ghost"
          size="S"
          aria-expanded={options}
          startIcon={options ? <ChevronUp /> : <ChevronDown />}
          onClick={() => setOpened(!options)}
        >
          {text('newJob.options')}
        </Button>
        {options ? <StartOptions draft={draft} onChange={onChange} errors={errors} /> : null}
      </Flex>
    </Sticky>
  );
}
