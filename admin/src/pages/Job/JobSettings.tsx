import { Flex, Grid, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { JobDetail } from '../../../../server/src/contracts';
import { useFormat } from '../../components/format';
import { useListProvidersQuery } from '../../api/providers';
import { jobPath } from '../../components/paths';
import { PlainText } from '../../components/PlainText';
import { useText, useTextOr } from '../../components/text';
import { selectionWords } from './selection-words';

const LONG_TEXT = 80;
/** Settings that people look for first; any others follow. */
const ORDER = [
  'provider',
  'model',
  'mode',
  'outputs',
  'temperature',
  'maxTokens',
  'html',
  'skipUnchanged',
  'promptId',
];

interface OutputShape {
  field: string;
  maxLength?: unknown;
  overwrite?: unknown;
  instructions?: unknown;
}

const isOutput = (value: unknown): value is OutputShape =>
  typeof value === 'object' && value !== null && 'field' in value && typeof value.field === 'string';

const isOutputs = (value: unknown): value is OutputShape[] =>
  Array.isArray(value) && value.length > 0 && value.every(isOutput);

/** Told with the saved prompt. */
const OF_PROMPT = ['promptName', 'promptVersion'];

/** A setting's value on one line, or null where it needs a frame of its own. */
function useShortValue(): (name: string, value: unknown) => string | null {
  const text = useText();
  const textOr = useTextOr();
  return (name, value) => {
    if (typeof value === 'boolean') return text(value ? 'setting.yes' : 'setting.no');
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && value.length <= LONG_TEXT && !value.includes('\n')) {
      return textOr(`setting.${name}.${value}`, value);
    }
    if (isOutputs(value)) {
      return value
        .map(({ field, maxLength, overwrite, instructions }) =>
          [
            field,
            typeof maxLength === 'number' ? `≤ ${maxLength}` : null,
            typeof overwrite === 'string' ? textOr(`setting.overwrite.${overwrite}`, overwrite) : null,
            typeof instructions === 'string' && instructions !== '' ? `“${instructions}”` : null,
          ]
            .filter((part) => part !== null)
            .join(' · ')
        )
        .join('\n');
    }
    return null;
  };
}

function Line({ label, children }: { label: string; children: string }) {
  return (
    <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="flex-start">
      <Typography variant="sigma" textColor="neutral600">
        {label}
      </Typography>
      <Typography style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{children}</Typography>
    </Grid.Item>
  );
}

/** What the job was told to do, as it was frozen when it was made. */
export function JobSettings({ job }: { job: JobDetail }) {
  const text = useText();
  const textOr = useTextOr();
  const format = useFormat();
  const shortValue = useShortValue();
  const { data: providers } = useListProvidersQuery();
  const names = Object.keys(job.settings).filter(
    (name) => !OF_PROMPT.includes(name) && job.settings[name] !== null && job.settings[name] !== undefined
  );
  const rank = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const ordered = names.sort((one, other) => rank(one) - rank(other));
  const label = (name: string) => textOr(`setting.${name}`, name);
  const { promptName, promptVersion, provider } = job.settings;
  const nameOf: Record<string, string | undefined> = {
    promptId:
      typeof promptName === 'string'
        ? text('setting.promptNamed', { name: promptName, version: String(promptVersion ?? '–') })
        : undefined,
    provider: providers?.data.find(({ name }) => name === provider)?.label,
  };
  const shorts = ordered.flatMap((name) => {
    const value = nameOf[name] ?? shortValue(name, job.settings[name]);
    return value === null ? [] : [{ name, value }];
  });
  const longs = ordered.filter((name) => !shorts.some((short) => short.name === name));

  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Grid.Root gap={4}>
        <Line label={text('setting.type')}>{textOr(`jobType.${job.type}`, job.type)}</Line>
        <Line label={text('setting.selection')}>
          {selectionWords(job.selection, job.contentTypePlural, text, format)}
        </Line>
        <Line label={text('setting.priority')}>{text(`priority.${job.priority}`)}</Line>
        {shorts.map(({ name, value }) => (
          <Line key={name} label={label(name)}>
            {value}
          </Line>
        ))}
      </Grid.Root>
      {job.sourceJobId ? (
        <Link tag={NavLink} to={jobPath(job.sourceJobId)}>
          {text(job.type === 'fill-fields' ? 'job.openOriginal' : 'job.openSource')}
        </Link>
      ) : null}
      {longs.map((name) => {
        const value = job.settings[name];
        return (
          <PlainText key={name} label={label(name)}>
            {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
          </PlainText>
        );
      })}
    </Flex>
  );
}
