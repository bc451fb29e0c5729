import { useState } from 'react';
import { Button, Field, Modal } from '@strapi/design-system';
import { useText } from '../../components/text';

interface SavePromptDialogProps {
  open: boolean;
  onClose: () => void;
  /** Resolves to true when the prompt is saved. */
  onSave: (name: string) => Promise<boolean>;
  isSaving: boolean;
}

/** Asks for the name under which a prompt is saved. */
export function SavePromptDialog({ open, onClose, onSave, isSaving }: SavePromptDialogProps) {
  const text = useText();
  const [name, setName] = useState('');
  const save = async () => {
    if (name.trim() === '' || !(await onSave(name.trim()))) return;
    setName('');
    onClose();
  };
  return (
    <Modal.Root open={open} onOpenChange={(isOpen: boolean) => (isOpen ? undefined : onClose())}>
      <Modal.Content>
        <Modal.Header closeLabel={text('action.close')}>
          <Modal.Title>{text('newJob.prompt.saveAs')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Field.Root name="promptName" required hint={text('prompts.name.hint')}>
            <Field.Label>{text('prompts.name')}</Field.Label>
            <Field.Input
              value={name}
              maxLength={120}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => setName(event.target.value)}
              onKeyDown={(event: React.KeyboardEvent) => {
                if (event.key === 'Enter') void save();
              }}
            />
            <Field.Hint />
          </Field.Root>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button onClick={() => void save()} loading={isSaving} disabled={name.trim() === ''}>
            {text('action.save')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
