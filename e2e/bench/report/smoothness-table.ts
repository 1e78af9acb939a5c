import type { Gaps } from '../measure/event-loop';
import type { Handling } from '../measure/handling';
import type { LargeScan } from '../measure/large-scan';
import { figure, type Table } from './markdown';
import { percentile, spreadOf } from './statistics';

/**
 * How smooth the app stays during a scan.
 * @param plain gaps of an Electron app that does nothing, while the machine is as busy
 * @param quiet the same handling when the scan is over
 */
export function smoothnessTable(scan: LargeScan, plain: Gaps, quiet: Handling): Table {
  const gaps = (name: string, { medianMs, p99Ms, maxMs }: Gaps) => [
    name,
    '',
    ...[medianMs, p99Ms, maxMs].map(figure),
  ];
  const times = (name: string, values: readonly number[]) => {
    const { median, max } = spreadOf(values);
    return [
      name,
      String(values.length),
      figure(median),
      figure(percentile(values, 99)),
      figure(max),
    ];
  };
  return {
    header: ['Smoothness, ms', 'samples', 'median', 'p99', 'max'],
    rows: [
      gaps('event-loop gap of main, first scan', scan.eventLoop),
      gaps('baseline: plain Electron window while xargs runs ffprobe', plain),
      times('`scan.start` to job ID, first scan', scan.startCalls),
      times('frame while scrolling the grid, first scan', scan.handling.scrolling),
      times('baseline: the same, no scan', quiet.scrolling),
      times('frame while typing a search, first scan', scan.handling.typing),
      times('baseline: the same, no scan', quiet.typing),
    ],
  };
}
