import { useState } from 'react';
import { Box, Button, Flex, Grid, Typography } from '@strapi/design-system';
import { Check, Trash } from '@strapi/icons';
import { BackButton, Layouts, useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import type { ContentTypeView, PromptView, ProviderView } from '../../../../server/src/contracts';
import { useCreatePromptMutation, useUpdatePromptMutation } from '../../api/prompts';
import { Notice } from '../../components/Notice';
import { OutputsEditor } from '../../components/prompt/OutputsEditor';
import { TemplateEditor } from '../../components/prompt/TemplateEditor';
import { useTemplateCheck } from '../../components/prompt/use-template-check';
import { errorOf, errorsElsewhere, useServerErrors, type ServerErrors } from '../../components/server-errors';
import { useText } from '../../components/text';
import { DeletePromptDialog } from './DeletePromptDialog';
import { PROMPTS_PATH, promptPath } from './paths';
import { promptBody, promptDraft } from './prompt-draft';
import { PromptFields } from './PromptFields';
import { PromptModelFields } from './PromptModelFields';
import { PromptPreview } from './PromptPreview';

const SHOWN_PATHS = [
  'name',
  'contentType',
  'template',
  'outputs',
  'systemMessage',
  'provider',
  'model',
  'language',
];

interface PromptEditorProps {
  /** Null for a prompt that is not saved yet. */
  prompt: PromptView | null;
  contentTypes: ContentTypeView[];
  providers: ProviderView[];
  mayManage: boolean;
}

/** A prompt's form, with its preview beside it. */
export function PromptEditor({ prompt, contentTypes, providers, mayManage }: PromptEditorProps) {
  const text = useText();
  const navigate = useNavigate();
  const serverErrors = useServerErrors();
  const { toggleNotification } = useNotification();
  const [createPrompt, creating] = useCreatePromptMutation();
  const [updatePrompt, updating] = useUpdatePromptMutation();
  const [draft, setDraft] = useState(() => promptDraft(prompt, contentTypes));
  const [errors, setErrors] = useState<ServerErrors | null>(null);
  const [deleting, setDeleting] = useState(false);
  const check = useTemplateCheck({ contentType: draft.contentType, template: draft.template });
  const view = contentTypes.find(({ uid }) => uid === draft.contentType);
  const incomplete = draft.name.trim() === '' || draft.template.trim() === '' || check.problems.length > 0;

  const save = async () => {
    const body = promptBody(draft);
    const answer = prompt ? await updatePrompt({ id: prompt.id, body }) : await createPrompt(body);
    if ('error' in answer) {
      setErrors(serverErrors(answer.error));
      return;
    }
    setErrors(null);
    const { id, name, version } = answer.data.data;
    toggleNotification({ type: 'success', message: text('prompts.saved', { name, version }) });
    if (!prompt) navigate(promptPath(id), { replace: true });
  };

  return (
    <>
      <Layouts.Header
        title={prompt?.name ?? text('prompts.create')}
        subtitle={
          prompt ? text('prompts.versionUsed', { version: prompt.version, count: prompt.usedBy }) : undefined
        }
        navigationAction={<BackButton fallback={PROMPTS_PATH} />}
        primaryAction={
          mayManage ? (
            <Flex gap={2}>
              {prompt ? (
                <Button variant="danger-light" startIcon={<Trash />} onClick={() => setDeleting(true)}>
                  {text('action.delete')}
                </Button>
              ) : null}
              <Button
                startIcon={<Check />}
                disabled={incomplete}
                loading={creating.isLoading || updating.isLoading}
                onClick={() => void save()}
              >
                {text('action.save')}
              </Button>
            </Flex>
          ) : undefined
        }
      />
      <Layouts.Content>
        <Grid.Root gap={5} paddingBottom={8}>
          <Grid.Item col={8} xs={12} direction="column" alignItems="stretch">
            <Flex direction="column" alignItems="stretch" gap={5}>
              {errorsElsewhere(errors, SHOWN_PATHS).map((message) => (
                <Notice key={message} variant="danger">
                  {message}
                </Notice>
              ))}
              {prompt && !view ? (
                <Notice variant="warning">{text('prompts.typeGone', { type: prompt.contentType })}</Notice>
              ) : null}
              <Box background="neutral0" hasRadius shadow="tableShadow" padding={6}>
                <Flex direction="column" alignItems="stretch" gap={5}>
                  <PromptFields
                    draft={draft}
                    onChange={setDraft}
                    contentTypes={contentTypes}
                    errors={errors}
                    disabled={!mayManage}
                  />
                  <TemplateEditor
                    value={draft.template}
                    onChange={(template) => setDraft({ ...draft, template })}
                    check={check}
                    placeholders={view?.placeholders ?? []}
                    error={errorOf(errors, 'template')}
                    disabled={!mayManage}
                  />
                  <OutputsEditor
                    fields={view?.fields ?? []}
                    drafts={draft.outputs}
                    onChange={(outputs) => setDraft({ ...draft, outputs })}
                    errors={errors}
                    errorPath="outputs"
                    disabled={!mayManage}
                  />
                </Flex>
              </Box>
              <Box background="neutral0" hasRadius shadow="tableShadow" padding={6}>
                <Typography tag="h2" variant="delta">
                  {text('prompts.defaults')}
                </Typography>
                <PromptModelFields
                  draft={draft}
                  onChange={setDraft}
                  providers={providers}
                  defaultSystemMessage={view?.defaultSystemMessage ?? ''}
                  errors={errors}
                  disabled={!mayManage}
                />
              </Box>
            </Flex>
          </Grid.Item>
          <Grid.Item col={4} xs={12} direction="column" alignItems="stretch">
            {view ? <PromptPreview key={view.uid} view={view} template={draft.template} /> : null}
          </Grid.Item>
        </Grid.Root>
      </Layouts.Content>
      <DeletePromptDialog
        prompt={deleting ? prompt : null}
        onClose={() => setDeleting(false)}
        onDeleted={() => navigate(PROMPTS_PATH, { replace: true })}
      />
    </>
  );
}
