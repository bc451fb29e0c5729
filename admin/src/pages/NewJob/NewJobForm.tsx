import { useState } from 'react';
import { Flex, Grid } from '@strapi/design-system';
import type {
  ContentTypeView,
  JobDetail,
  PromptView,
  ProviderView,
  JobDefaults,
} from '../../../../server/src/contracts';
import { useTemplateCheck } from '../../components/prompt/use-template-check';
import { errorAt } from '../../components/server-errors';
import { useSelectionCount } from '../../components/use-selection-count';
import { bodyOf, settingsOf, type JobDraft } from './draft';
import { EntriesCard } from './EntriesCard';
import { firstDraft } from './first-draft';
import { missingParts } from './missing';
import { ModelCard } from './ModelCard';
import { PromptCard } from './PromptCard';
import { lastUsedSettings, rememberSettings } from './remembered';
import { RepeatedEntriesCard } from './RepeatedEntriesCard';
import { SampleCard } from './SampleCard';
import { selectionFromQuery } from './selection';
import { Summary } from './Summary';
import type { NewJobAddress } from './use-address';
import { useSample } from './use-sample';
import { useStart } from './use-start';

interface NewJobFormProps {
  view: ContentTypeView;
  contentTypes: ContentTypeView[];
  providers: ProviderView[];
  prompts: PromptView[];
  /** The administrators' defaults. */
  defaults: JobDefaults | null;
  /** The job that this one repeats. */
  repeated: JobDetail | null;
  address: NewJobAddress;
}

/** Drafts by what they are for, so that looking at another content type loses nothing. */
function useDraft(props: NewJobFormProps): [JobDraft, (draft: JobDraft) => void] {
  const { view, providers, prompts, defaults, repeated, address } = props;
  const field = address.query.field ?? null;
  const locale = address.query.locale ?? view.defaultLocale;
  const purpose = `${view.uid} ${repeated?.id ?? ''}`;
  const fresh = () =>
    firstDraft(view, {
      repeated: repeated?.selection.contentType === view.uid ? repeated.settings : null,
      remembered: lastUsedSettings(view.uid),
      prompts,
      providers,
      defaults,
      field,
      onlyEmpty: Boolean(address.query.empty),
      locale,
    });
  const [drafts, setDrafts] = useState<Record<string, JobDraft>>(() => ({ [purpose]: fresh() }));
  const known = drafts[purpose];
  const draft = known ?? fresh();
  if (!known) setDrafts({ ...drafts, [purpose]: draft });
  return [draft, (changed) => setDrafts((others) => ({ ...others, [purpose]: changed }))];
}

/** The page's four cards and the summary beside them. */
export function NewJobForm(props: NewJobFormProps) {
  const { view, contentTypes, providers, prompts, repeated, address } = props;
  const [draft, setDraft] = useDraft(props);
  const picked = address.picked?.contentType === view.uid ? address.picked : null;
  const [usesPicked, setUsesPicked] = useState(true);
  const selection = picked && usesPicked ? picked : selectionFromQuery(view, address.query);
  const [choosesOthers, setChoosesOthers] = useState(false);
  const undecided = repeated !== null && repeated.selection.kind !== 'query' && !choosesOthers;
  const count = useSelectionCount(
    undecided ? null : selection,
    draft.outputs.filter(({ chosen }) => chosen).map((output) => output.field)
  );
  const check = useTemplateCheck({ contentType: view.uid, template: draft.template });
  const body = bodyOf(draft, selection, prompts);
  const sample = useSample(body);
  const { start, isStarting, errors: startErrors } = useStart(body);
  const errors = startErrors ?? sample.errors;
  const missing = missingParts({
    draft,
    hasSelection: !undecided,
    count,
    check,
    providers,
    fields: view.fields,
  });

  const begin = async () => {
    rememberSettings(view.uid, settingsOf(draft, prompts));
    await start();
  };

  return (
    <Grid.Root gap={5}>
      <Grid.Item col={8} xs={12} direction="column" alignItems="stretch">
        <Flex direction="column" alignItems="stretch" gap={5}>
          {undecided ? (
            <RepeatedEntriesCard job={repeated} onChooseOthers={() => setChoosesOthers(true)} />
          ) : (
            <EntriesCard
              view={view}
              contentTypes={contentTypes}
              address={address}
              pickedCount={picked?.documentIds.length ?? 0}
              usesPicked={picked !== null && usesPicked}
              onUsesPicked={setUsesPicked}
              count={count}
              error={errorAt(errors, 'selection')}
            />
          )}
          <PromptCard
            view={view}
            prompts={prompts}
            draft={draft}
            onChange={setDraft}
            check={check}
            errors={errors}
          />
          <ModelCard view={view} providers={providers} draft={draft} onChange={setDraft} errors={errors} />
          <SampleCard
            view={view}
            model={draft.model}
            state={sample}
            total={count.count?.total}
            possible={missing.length === 0}
          />
        </Flex>
      </Grid.Item>
      <Grid.Item col={4} xs={12} direction="column" alignItems="stretch">
        <Summary
          view={view}
          providers={providers}
          draft={draft}
          onChange={setDraft}
          count={count}
          sample={sample}
          missing={missing}
          errors={startErrors}
          isStarting={isStarting}
          onStart={() => void begin()}
        />
      </Grid.Item>
    </Grid.Root>
  );
}
