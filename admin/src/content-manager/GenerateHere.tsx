import { useState } from 'react';
import { Loader, Modal } from '@strapi/design-system';
import type { ContentTypeView } from '../../../server/src/contracts';
import type { EntryAddress } from '../api/entries';
import { useListPromptsQuery } from '../api/prompts';
import { useListProvidersQuery } from '../api/providers';
import { ErrorMessage } from '../components/ErrorMessage';
import { useText } from '../components/text';
import { GenerateForm } from './GenerateForm';
import { GenerateResult } from './GenerateResult';

const MAX_PROMPTS = 100;

interface GenerateHereProps {
  view: ContentTypeView;
  entry: EntryAddress;
  onClose: () => void;
}

/** The inside of a dialog: a saved prompt runs on this entry, and its result is shown when it has come. */
export function GenerateHere({ view, entry, onClose }: GenerateHereProps) {
  const text = useText();
  const [jobId, setJobId] = useState<string | null>(null);
  const prompts = useListPromptsQuery({ contentType: view.uid, pageSize: MAX_PROMPTS });
  const providers = useListProvidersQuery();
  const failed = [prompts, providers].find((query) => query.isError);

  if (jobId !== null) {
    return (
      <GenerateResult
        view={view}
        entry={entry}
        jobId={jobId}
        onAgain={() => setJobId(null)}
        onClose={onClose}
      />
    );
  }
  if (failed) {
    return (
      <Modal.Body>
        <ErrorMessage error={failed.error} onRetry={() => void failed.refetch()} />
      </Modal.Body>
    );
  }
  if (!prompts.data || !providers.data) {
    return (
      <Modal.Body>
        <Loader>{text('contentManager.loading')}</Loader>
      </Modal.Body>
    );
  }
  return (
    <GenerateForm
      view={view}
      entry={entry}
      prompts={prompts.data.data}
      providers={providers.data.data}
      defaults={providers.data.meta.defaults}
      onStarted={setJobId}
      onClose={onClose}
    />
  );
}
