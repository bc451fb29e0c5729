import { useState } from 'react';
import { Button, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { Pencil, Plus } from '@strapi/icons';
import { useRBAC } from '@strapi/strapi/admin';
import type { ContentTypeView, PromptView } from '../../../../server/src/contracts';
import { OutputsEditor } from '../../components/prompt/OutputsEditor';
import { TemplateEditor } from '../../components/prompt/TemplateEditor';
import type { TemplateCheck } from '../../components/prompt/use-template-check';
import { errorAt, errorOf, type ServerErrors } from '../../components/server-errors';
import { useText } from '../../components/text';
import { PERMISSIONS } from '../../permissions';
import { Card } from './Card';
import { withPrompt, type JobDraft } from './draft';
import { SavePromptDialog } from './SavePromptDialog';
import { usePromptSaving } from './use-prompt-saving';

interface PromptCardProps {
  view: ContentTypeView;
  prompts: PromptView[];
  draft: JobDraft;
  onChange: (draft: JobDraft) => void;
  check: TemplateCheck;
  errors: ServerErrors | null;
}

/** What to write: a saved prompt or one typed here, and the fields it fills. */
export function PromptCard({ view, prompts, draft, onChange, check, errors }: PromptCardProps) {
  const text = useText();
  const { allowedActions } = useRBAC(PERMISSIONS.promptsManage);
  const [naming, setNaming] = useState(false);
  const ofType = prompts.filter(({ contentType }) => contentType === view.uid);
  const saved = ofType.find(({ id }) => id === draft.promptId);
  const edited = saved !== undefined && saved.template !== draft.template;
  const saving = usePromptSaving(view, draft, (prompt) => onChange({ ...draft, promptId: prompt.id }));

  const choose = (id: string) => {
    const prompt = ofType.find((candidate) => candidate.id === id);
    if (prompt) onChange(withPrompt(draft, view, prompt));
  };

  return (
    <Card
      number={2}
      title={text('newJob.prompt.title')}
      action={
        allowedActions.canManage ? (
          <Flex gap={2}>
            {edited ? (
              <Button
                size="S"
                variant="tertiary"
                startIcon={<Pencil />}
                loading={saving.isSaving}
                onClick={() => void saving.update(saved)}
              >
                {text('newJob.prompt.save', { name: saved.name })}
              </Button>
            ) : null}
            <Button
              size="S"
              variant="tertiary"
              startIcon={<Plus />}
              disabled={draft.template.trim() === ''}
              onClick={() => setNaming(true)}
            >
              {text('newJob.prompt.saveAs')}
            </Button>
          </Flex>
        ) : undefined
      }
    >
      {ofType.length > 0 ? (
        <Field.Root
          name="promptId"
          error={errorAt(errors, 'settings.promptId')}
          hint={edited ? text('newJob.prompt.edited', { name: saved.name }) : undefined}
        >
          <Field.Label>{text('newJob.prompt.saved')}</Field.Label>
          <SingleSelect
            value={saved?.id ?? null}
            placeholder={text('newJob.prompt.own')}
            onChange={(id) => choose(String(id))}
            onClear={() => onChange({ ...draft, promptId: null })}
            clearLabel={text('newJob.prompt.own')}
          >
            {ofType.map(({ id, name, version }) => (
              <SingleSelectOption key={id} value={id}>
                {text('newJob.prompt.option', { name, version })}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      ) : null}
      <TemplateEditor
        value={draft.template}
        onChange={(template) => onChange({ ...draft, template })}
        check={check}
        placeholders={view.placeholders}
        error={errorOf(errors, 'settings.prompt')}
      />
      <OutputsEditor
        fields={view.fields}
        drafts={draft.outputs}
        onChange={(outputs) => onChange({ ...draft, outputs })}
        errors={errors}
        errorPath="settings.outputs"
      />
      <SavePromptDialog
        open={naming}
        onClose={() => setNaming(false)}
        onSave={saving.create}
        isSaving={saving.isSaving}
      />
    </Card>
  );
}
