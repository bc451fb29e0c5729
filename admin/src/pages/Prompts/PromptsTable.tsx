import {
  Flex,
  IconButton,
  Link as TextLink,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';
import { Pencil, Trash } from '@strapi/icons';
import { Link, useNavigate } from 'react-router-dom';
import type { PromptView } from '../../../../server/src/contracts';
import { LinkCell } from '../../components/LinkCell';
import { RelativeTime } from '../../components/RelativeTime';
import { useText } from '../../components/text';
import { promptPath } from './paths';

const COLUMNS = ['name', 'contentType', 'fields', 'version', 'usedBy', 'changed'] as const;

interface PromptsTableProps {
  prompts: PromptView[];
  mayManage: boolean;
  onDelete: (prompt: PromptView) => void;
}

function PromptRow({
  prompt,
  mayManage,
  onDelete,
}: Omit<PromptsTableProps, 'prompts'> & { prompt: PromptView }) {
  const text = useText();
  const navigate = useNavigate();
  return (
    <Tr>
      <Td>
        <LinkCell>
          <TextLink tag={Link} to={promptPath(prompt.id)} title={prompt.name}>
            {prompt.name}
          </TextLink>
        </LinkCell>
      </Td>
      <Td>
        <Typography textColor={prompt.contentTypeLabel === null ? 'danger600' : 'neutral800'}>
          {prompt.contentTypeLabel ?? text('prompts.typeGone', { type: prompt.contentType })}
        </Typography>
      </Td>
      <Td>
        <Typography ellipsis>
          {prompt.outputs.map(({ field }) => field).join(', ') || text('prompts.noFields')}
        </Typography>
      </Td>
      <Td>
        <Typography>{prompt.version}</Typography>
      </Td>
      <Td>
        <Typography>{text('prompts.usedBy.count', { count: prompt.usedBy })}</Typography>
      </Td>
      <Td>
        <Typography>
          <RelativeTime at={prompt.updatedAt} />
        </Typography>
      </Td>
      <Td>
        {mayManage ? (
          <Flex justifyContent="flex-end" gap={1}>
            <IconButton
              variant="ghost"
              label={text('prompts.edit', { name: prompt.name })}
              onClick={() => navigate(promptPath(prompt.id))}
            >
              <Pencil />
            </IconButton>
            <IconButton
              variant="ghost"
              label={text('prompts.delete', { name: prompt.name })}
              onClick={() => onDelete(prompt)}
            >
              <Trash />
            </IconButton>
          </Flex>
        ) : null}
      </Td>
    </Tr>
  );
}

/** Saved prompts, one row each. */
export function PromptsTable({ prompts, mayManage, onDelete }: PromptsTableProps) {
  const text = useText();
  return (
    <Table colCount={COLUMNS.length + 1} rowCount={prompts.length + 1}>
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column}>
              <Typography variant="sigma" textColor="neutral600">
                {text(`prompts.column.${column}`)}
              </Typography>
            </Th>
          ))}
          <Th>
            <VisuallyHidden>{text('prompts.column.actions')}</VisuallyHidden>
          </Th>
        </Tr>
      </Thead>
      <Tbody>
        {prompts.map((prompt) => (
          <PromptRow key={prompt.id} prompt={prompt} mayManage={mayManage} onDelete={onDelete} />
        ))}
      </Tbody>
    </Table>
  );
}
