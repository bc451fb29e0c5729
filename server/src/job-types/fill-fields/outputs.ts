import type { Output } from '../../contracts/fill-fields';
import { writableFields, type FieldDefinition } from '../../domain/fields';
import { valueAt } from '../../domain/field-paths';
import { isEmptyValue } from '../../domain/same-value';
import type { SchemaLookup } from '../../domain/schema';
import { WorkError } from '../../domain/work-error';

/** A field to write, with what the job says of it. */
export interface WantedOutput {
  field: FieldDefinition;
  instructions: string | undefined;
  /** The stricter of the job's limit and the attribute's own. */
  maxLength: number | undefined;
  onlyIfEmpty: boolean;
}

/** The stricter of two limits. */
function tighter(first: number | undefined, second: number | null): number | undefined {
  if (first === undefined) return second ?? undefined;
  return second === null ? first : Math.min(first, second);
}

/**
 * The outputs with the fields' definitions of today.
 * @throws WorkError where a field is not there any more
 */
export function resolveOutputs(contentType: string, outputs: Output[], lookup: SchemaLookup): WantedOutput[] {
  const fields = new Map(writableFields(contentType, lookup).map((field) => [field.path, field]));
  return outputs.map((output) => {
    const field = fields.get(output.field);
    if (!field)
      throw new WorkError('field_gone', {
        field: output.field,
        contentType: lookup(contentType)?.info.displayName ?? contentType,
      });
    return {
      field,
      instructions: output.instructions,
      maxLength: tighter(output.maxLength, field.maxLength),
      onlyIfEmpty: output.overwrite === 'ifEmpty',
    };
  });
}

/** Those that are to be written on this entry. */
export function wantedOn(entry: Record<string, unknown>, outputs: WantedOutput[]): WantedOutput[] {
  return outputs.filter((output) => !output.onlyIfEmpty || isEmptyValue(valueAt(entry, output.field.path)));
}
