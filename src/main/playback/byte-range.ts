/** Bytes of a file that were asked for; `end` is the first that was not. */
export type WantedBytes =
  | { kind: 'whole' }
  | { kind: 'part'; start: number; end: number }
  | { kind: 'unsatisfiable' };

const ONE_RANGE = /^bytes=(\d*)-(\d*)$/i;

/**
 * What a `Range` header asks of a file. Several ranges at once, other units and what is no range are answered with the
 * whole file, as RFC 9110 allows.
 * @param header null where there is none
 */
export function wantedBytes(header: string | null, sizeBytes: number): WantedBytes {
  const [, first = '', last = ''] = ONE_RANGE.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return { kind: 'whole' };
  if (first === '') return lastBytes(Number(last), sizeBytes);
  const start = Number(first);
  const end = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (last !== '' && Number(last) < start) return { kind: 'whole' };
  return start < sizeBytes ? { kind: 'part', start, end } : { kind: 'unsatisfiable' };
}

function lastBytes(count: number, sizeBytes: number): WantedBytes {
  if (count === 0 || sizeBytes === 0) return { kind: 'unsatisfiable' };
  return { kind: 'part', start: Math.max(0, sizeBytes - count), end: sizeBytes };
}
