import type { Usage } from '../measure/process-usage';
import { figure, spread, type Table } from './markdown';

/** Memory and processor time of each process, over the same scan in several rounds. */
export function usageTable(title: string, rounds: readonly (readonly Usage[])[]): Table {
  const names = [...new Set(rounds.flat().map(({ name }) => name))];
  return {
    header: [title, 'peak MB', 'CPU s', 'CPU s of its children'],
    rows: names.map((name) => {
      const figures = rounds.flatMap((usage) => usage.filter((one) => one.name === name));
      return [
        name,
        figure(Math.max(...figures.map(({ peakMegabytes }) => peakMegabytes))),
        spread(figures.map(({ cpuSeconds }) => cpuSeconds)),
        spread(figures.map(({ childrenCpuSeconds }) => childrenCpuSeconds)),
      ];
    }),
  };
}
