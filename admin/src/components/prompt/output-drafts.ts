import type { FieldView, Output } from '../../../../server/src/contracts';

/** A field as it stands in the form; one that was unticked keeps what was typed for it. */
export interface OutputDraft {
  field: string;
  chosen: boolean;
  instructions: string;
  /** In characters; undefined: what the field itself allows. */
  maxLength: number | undefined;
  overwrite: 'always' | 'ifEmpty';
}

/** A form line for each field that may be written, filled from what is already chosen. */
export function toOutputDrafts(fields: FieldView[], outputs: Output[]): OutputDraft[] {
  return fields.map(({ path }) => {
    const output = outputs.find(({ field }) => field === path);
    return {
      field: path,
      chosen: output !== undefined,
      instructions: output?.instructions ?? '',
      maxLength: output?.maxLength,
      overwrite: output?.overwrite ?? 'ifEmpty',
    };
  });
}

/** What the chosen lines ask for, as it is sent. */
export function toOutputs(drafts: OutputDraft[]): Output[] {
  return drafts
    .filter(({ chosen }) => chosen)
    .map(({ field, instructions, maxLength, overwrite }) => ({
      field,
      overwrite,
      ...(instructions.trim() === '' ? {} : { instructions: instructions.trim() }),
      ...(maxLength === undefined ? {} : { maxLength }),
    }));
}
