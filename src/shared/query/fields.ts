import type { Field } from './field-kind';
import { FILE_FIELDS } from './file-fields';
import { LIBRARY_FIELDS } from './library-fields';

/**
 * Everything that can be asked for by name. Parser, completion, the app's page on searching and the command line's
 * help are made from it.
 */
export const QUERY_FIELDS = [...FILE_FIELDS, ...LIBRARY_FIELDS] as const;

export type FieldName = (typeof QUERY_FIELDS)[number]['name'];
export type QueryField = Field & { name: FieldName };

const BY_NAME: ReadonlyMap<string, QueryField> = new Map(
  QUERY_FIELDS.flatMap((field) => [field.name, ...field.aliases].map((name) => [name, field])),
);

export function fieldNamed(name: FieldName): QueryField;
/** By its name or another one that it goes by, whatever the case. */
export function fieldNamed(name: string): QueryField | null;
export function fieldNamed(name: string): QueryField | null {
  return BY_NAME.get(name.toLowerCase()) ?? null;
}
