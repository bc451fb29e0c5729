import { useState } from 'react';
import {
  Button,
  Checkbox,
  Field,
  Flex,
  Modal,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { Sparkle } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';
import type { ContentTypeView, JobDefaults, PromptView, ProviderView } from '../../../server/src/contracts';
import type { EntryAddress } from '../api/entries';
import { useCreateJobMutation } from '../api/jobs';
import { Notice } from '../components/Notice';
import { ModelCombobox } from '../components/prompt/ModelCombobox';
import { ProviderSelect } from '../components/prompt/ProviderSelect';
import { errorAt, errorsElsewhere, useServerErrors, type ServerErrors } from '../components/server-errors';
import { useText } from '../components/text';
import { draftFromSettings, settingsOf, withPrompt, type JobDraft } from '../pages/NewJob/draft';
import { firstDraft } from '../pages/NewJob/first-draft';
import { newJobAddress, type NewJobState } from '../pages/NewJob/opening';
import { lastUsedSettings, rememberSettings } from '../pages/NewJob/remembered';

const SHOWN_PATHS = ['settings.provider', 'settings.model', 'settings.promptId'];

interface GenerateFormProps {
  view: ContentTypeView;
  entry: EntryAddress;
  prompts: PromptView[];
  providers: ProviderView[];
  /** The administrators' defaults. */
  defaults: JobDefaults;
  onStarted: (jobId: string) => void;
  onClose: () => void;
}

/** The first choice: the saved prompt that was used last or fits best, with its model. */
function firstChoice({ view, entry, prompts, providers, defaults }: GenerateFormProps): JobDraft {
  const { provider, model, promptId } = lastUsedSettings(view.uid) ?? {};
  return firstDraft(view, {
    repeated: null,
    remembered: { provider, model, promptId },
    prompts,
    providers,
    defaults,
    field: null,
    onlyEmpty: true,
    locale: entry.locale,
  });
}

/** Which saved prompt runs on this entry, and with which model. */
export function GenerateForm(props: GenerateFormProps) {
  const { view, entry, prompts, providers, onStarted, onClose } = props;
  const text = useText();
  const navigate = useNavigate();
  const serverErrors = useServerErrors();
  const [createJob, { isLoading }] = useCreateJobMutation();
  const [draft, setDraft] = useState(() => withDefaultOutputs(firstChoice(props), view, prompts));
  const [replace, setReplace] = useState(false);
  const [errors, setErrors] = useState<ServerErrors | null>(null);

  const chosen = draft.outputs.filter((output) => output.chosen);
  const provider = providers.find(({ name }) => name === draft.provider);
  const ready =
    draft.promptId !== null && chosen.length > 0 && provider?.ready === true && draft.model.trim() !== '';
  const selection = {
    contentType: entry.contentType,
    documentIds: [entry.documentId],
    ...(entry.locale ? { locale: entry.locale } : {}),
  };

  const start = async () => {
    const outputs = draft.outputs.map((output) => ({
      ...output,
      overwrite: replace ? ('always' as const) : ('ifEmpty' as const),
    }));
    const settings = settingsOf({ ...draft, outputs, mode: 'apply' }, prompts);
    const answer = await createJob({ type: 'fill-fields', selection, settings, priority: 'high' });
    if ('error' in answer) setErrors(serverErrors(answer.error));
    else {
      const { provider: name, model, promptId } = draft;
      rememberSettings(view.uid, { ...(lastUsedSettings(view.uid) ?? { promptId }), provider: name, model });
      onStarted(answer.data.data.id);
    }
  };
  const openNewJob = () => {
    const state: NewJobState = { selection };
    onClose();
    navigate(newJobAddress({ contentType: view.uid, locale: entry.locale ?? undefined }), { state });
  };

  return (
    <>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={4}>
          {prompts.length === 0 ? (
            <Notice variant="info">{text('contentManager.noPrompts', { type: view.label })}</Notice>
          ) : (
            <Field.Root name="promptId" required error={errorAt(errors, 'settings.promptId')}>
              <Field.Label>{text('contentManager.prompt')}</Field.Label>
              <SingleSelect
                value={draft.promptId}
                onChange={(id) => {
                  const prompt = prompts.find((candidate) => candidate.id === id);
                  if (prompt) {
                    setDraft(withDefaultOutputs(withPrompt(draft, view, prompt), view, prompts));
                  }
                }}
              >
                {prompts.map(({ id, name }) => (
                  <SingleSelectOption key={id} value={id}>
                    {name}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
              <Field.Error />
            </Field.Root>
          )}
          {draft.promptId !== null ? (
            <Typography textColor={chosen.length > 0 ? 'neutral600' : 'danger600'}>
              {chosen.length > 0
                ? text('contentManager.writes', {
                    fields: chosen
                      .map(({ field }) => view.fields.find(({ path }) => path === field)?.label ?? field)
                      .join(', '),
                  })
                : text('contentManager.writesNothing')}
            </Typography>
          ) : null}
          <Checkbox checked={replace} onCheckedChange={(value) => setReplace(value === true)}>
            {text('contentManager.replace')}
          </Checkbox>
          <Flex gap={4} alignItems="flex-start" wrap="wrap">
            <ProviderSelect
              providers={providers}
              value={draft.provider}
              onChange={(name) =>
                setDraft({
                  ...draft,
                  provider: name,
                  model: providers.find((candidate) => candidate.name === name)?.defaultModel ?? '',
                })
              }
              error={errorAt(errors, 'settings.provider')}
              required
            />
            <ModelCombobox
              provider={draft.provider}
              listable={provider?.ready ?? false}
              value={draft.model}
              onChange={(model) => setDraft({ ...draft, model })}
              error={errorAt(errors, 'settings.model')}
              required
            />
          </Flex>
          {errorsElsewhere(errors, SHOWN_PATHS).map((message) => (
            <Notice key={message} variant="danger">
              {message}
            </Notice>
          ))}
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" onClick={openNewJob}>
          {text('contentManager.openNewJob')}
        </Button>
        <Button startIcon={<Sparkle />} disabled={!ready} loading={isLoading} onClick={() => void start()}>
          {text('contentManager.start')}
        </Button>
      </Modal.Footer>
    </>
  );
}

/** A draft whose fields are the chosen prompt's own, whatever was written the last time. */
function withDefaultOutputs(draft: JobDraft, view: ContentTypeView, prompts: PromptView[]): JobDraft {
  const prompt = prompts.find(({ id }) => id === draft.promptId);
  const { outputs } = draftFromSettings(view, { outputs: prompt?.outputs ?? [] }, prompts);
  return { ...draft, outputs };
}
