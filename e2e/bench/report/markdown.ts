import { spreadOf } from './statistics';

/** A table of a report; the first column is text, the others hold figures. */
export interface Table {
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Pads the columns, so that the text is a table for people as well. */
export function markdownTable({ header, rows }: Table): string {
  const lines = [header, ...rows].map((row) => row.map(escapeCell));
  const widths = header.map((_, column) =>
    Math.max(3, ...lines.map((line) => [...(line[column] ?? '')].length)),
  );
  const written = lines.map((line) =>
    joined(widths.map((width, column) => padded(line[column] ?? '', width, column))),
  );
  const rule = joined(
    widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)),
  );
  return [written[0], rule, ...written.slice(1)].join('\n');
}

/** A figure with as many digits as mean something: `0.61`, `18.4`, `12,345`. */
export function figure(value: number): string {
  const digits = Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2;
  return value.toLocaleString('en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** The median and both ends of several rounds: `18.4 (17.0–19.1)`; of one round its figure. */
export function spread(values: readonly number[], unit = ''): string {
  const { median, min, max } = spreadOf(values);
  const middle = `${figure(median)}${unit}`;
  return values.length === 1 ? middle : `${middle} (${figure(min)}–${figure(max)})`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function padded(text: string, width: number, column: number): string {
  const room = ' '.repeat(width - [...text].length);
  return column === 0 ? text + room : room + text;
}

function joined(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
