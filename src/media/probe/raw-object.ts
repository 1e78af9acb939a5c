/** A JSON object of ffprobe's whose fields are still to be checked. */
export type RawObject = Readonly<Record<string, unknown>>;

/** Longest text that is kept of a name, title or tag, in UTF-16 units; the raw JSON has the rest. */
const MAX_TEXT = 1000;

export function asObject(value: unknown): RawObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as RawObject)
    : null;
}

/** The objects of an array; empty where there is none. */
export function asObjects(value: unknown): RawObject[] {
  if (!Array.isArray(value)) return [];
  return value.map(asObject).filter((item) => item !== null);
}

/** A non-empty text, shortened; ffprobe's `unknown` counts as none. */
export function asText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim().slice(0, MAX_TEXT);
  return text === '' || text === 'unknown' || text === 'N/A' ? null : text;
}

/** A finite number, also from ffprobe's decimal texts. */
export function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

export function asInteger(value: unknown): number | null {
  const number = asNumber(value);
  return Number.isSafeInteger(number) ? number : null;
}

/** A whole number above zero: for sizes and counts that ffprobe writes as 0 where it does not know. */
export function asPositiveInteger(value: unknown): number | null {
  const number = asInteger(value);
  return number !== null && number > 0 ? number : null;
}
