import { type Field, QUERY_FIELDS } from './field-table';

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
