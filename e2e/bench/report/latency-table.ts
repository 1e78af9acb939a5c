import { figure, type Table } from './markdown';
import { percentile, spreadOf } from './statistics';

/** Times that each user's action or frame took, in milliseconds; the first row is the baseline of the others. */
export function latencyTable(
  title: string,
  rows: readonly [name: string, times: number[]][],
): Table {
  const baseline = spreadOf(rows[0]?.[1] ?? []).median;
  return {
    header: [title, 'samples', 'median', 'p95', 'worst', 'median against the baseline'],
    rows: rows.map(([name, times]) => {
      const { median, max } = spreadOf(times);
      const figures = [median, percentile(times, 95), max].map(figure);
      return [name, String(times.length), ...figures, `${figure(median / baseline)} ×`];
    }),
  };
}
