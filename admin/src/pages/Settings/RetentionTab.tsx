import { useState } from 'react';
import { Button, Checkbox } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import type { SettingsView } from '../../../../server/src/contracts';
import { errorAt } from '../../components/server-errors';
import { useText } from '../../components/text';
import { Section } from './Section';
import { useSaveSettings } from './use-save-settings';
import { isWholeBetween, WholeNumberField } from './WholeNumberField';

const MAX_DAYS = 3_650;
const FIRST_DAYS = 90;

interface RetentionTabProps {
  settings: SettingsView;
  mayUpdate: boolean;
}

/** How long jobs are kept. Texts stay in their entries; with a job goes what its undo needs. */
export function RetentionTab({ settings, mayUpdate }: RetentionTabProps) {
  const text = useText();
  const { save, isSaving, errors } = useSaveSettings();
  const kept = settings.retention.deleteJobsAfterDays;
  const [deletes, setDeletes] = useState(kept !== null);
  const [days, setDays] = useState<number | undefined>(kept ?? FIRST_DAYS);
  const wanted = deletes ? days : null;
  const submit = () => save({ retention: { deleteJobsAfterDays: wanted } });
  return (
    <Section
      title={text('settings.retention.title')}
      explanation={text('settings.retention.explanation')}
      action={
        mayUpdate ? (
          <Button
            startIcon={<Check />}
            loading={isSaving}
            disabled={wanted === kept || (deletes && !isWholeBetween(days, 1, MAX_DAYS))}
            onClick={() => void submit()}
          >
            {text('action.save')}
          </Button>
        ) : undefined
      }
    >
      <Checkbox
        checked={deletes}
        disabled={!mayUpdate}
        onCheckedChange={(value) => setDeletes(value === true)}
      >
        {text('settings.retention.delete')}
      </Checkbox>
      {deletes ? (
        <WholeNumberField
          name="deleteJobsAfterDays"
          label={text('settings.retention.days')}
          value={days}
          onChange={setDays}
          minimum={1}
          maximum={MAX_DAYS}
          error={errorAt(errors, 'retention.deleteJobsAfterDays')}
          disabled={!mayUpdate}
        />
      ) : null}
    </Section>
  );
}
