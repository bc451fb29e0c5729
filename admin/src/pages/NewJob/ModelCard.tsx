import { useState } from 'react';
import { Button, Flex, Link } from '@strapi/design-system';
import { ChevronDown, ChevronUp } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import type { ContentTypeView, ProviderView } from '../../../../server/src/contracts';
import { Notice } from '../../components/Notice';
import { ModelCombobox } from '../../components/prompt/ModelCombobox';
import { canWork } from '../../components/provider-order';
import { ProviderSelect } from '../../components/prompt/ProviderSelect';
import { errorAt, type ServerErrors } from '../../components/server-errors';
import { useText } from '../../components/text';
import { PLUGIN_ID } from '../../plugin-id';
import { Card } from './Card';
import type { JobDraft } from './draft';
import { MoreModelSettings } from './MoreModelSettings';

interface ModelCardProps {
  view: ContentTypeView;
  providers: ProviderView[];
  draft: JobDraft;
  onChange: (draft: JobDraft) => void;
  errors: ServerErrors | null;
}

const MORE_PATHS = ['temperature', 'maxTokens', 'systemMessage', 'html', 'extra', 'skipUnchanged'];

/** Who writes: the AI service, its model, and how it is spoken to. */
export function ModelCard({ view, providers, draft, onChange, errors }: ModelCardProps) {
  const text = useText();
  const [opened, setOpened] = useState(false);
  const more = opened || MORE_PATHS.some((path) => errorAt(errors, `settings.${path}`));
  const provider = providers.find(({ name }) => name === draft.provider);
  const chooseProvider = (name: string) => {
    const chosen = providers.find((candidate) => candidate.name === name);
    onChange({ ...draft, provider: name, model: chosen?.defaultModel ?? '' });
  };
  return (
    <Card number={3} title={text('newJob.model.title')}>
      {providers.some(canWork) ? null : (
        <Notice
          variant="warning"
          action={
            <Link tag={NavLink} to={`/settings/${PLUGIN_ID}`}>
              {text('newJob.model.setUp')}
            </Link>
          }
        >
          {text('newJob.model.noneReady')}
        </Notice>
      )}
      <Flex gap={4} wrap="wrap" alignItems="flex-start">
        <ProviderSelect
          providers={providers}
          value={draft.provider}
          onChange={chooseProvider}
          error={errorAt(errors, 'settings.provider')}
          required
        />
        <ModelCombobox
          provider={draft.provider}
          listable={provider?.ready ?? false}
          value={draft.model}
          onChange={(model) => onChange({ ...draft, model })}
          error={errorAt(errors, 'settings.model')}
          required
        />
      </Flex>
      <Flex>
        <Button
          variant="ghost"
          size="S"
          aria-expanded={more}
          startIcon={more ? <ChevronUp /> : <ChevronDown />}
          onClick={() => setOpened(!more)}
        >
          {text('newJob.model.more')}
        </Button>
      </Flex>
      {more ? <MoreModelSettings view={view} draft={draft} onChange={onChange} errors={errors} /> : null}
    </Card>
  );
}
