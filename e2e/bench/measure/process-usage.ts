import { readFileSync } from 'node:fs';
import type { ElectronApplication } from 'playwright';

/** What `/proc` counts processor time in, whatever the kernel itself uses (`USER_HZ`). */
export const CLOCK_TICKS_A_SECOND = 100;

/** What a process of the app has used since it started. */
export interface Usage {
  /** `main`, `renderer`, `library`, `media`, `GPU`, or what Electron calls it. */
  name: string;
  /** Highest resident memory ever (`VmHWM`). */
  peakMegabytes: number;
  cpuSeconds: number;
  /** Of the programs that it started: what they and their children have used. */
  childrenCpuSeconds: number;
}

const OWN_NAMES: Readonly<Record<string, string>> = { Browser: 'main', Tab: 'renderer' };

/** The processes of the app, as they are now (Linux). */
export async function usageOf(electron: ElectronApplication): Promise<Usage[]> {
  const metrics = await electron.evaluate(({ app }) =>
    app.getAppMetrics().map(({ pid, type, name }) => ({ pid, type, name })),
  );
  return metrics
    .filter(({ type }) => type !== 'Zygote')
    .map(({ pid, type, name }) => {
      const label = OWN_NAMES[type] ?? (name?.replace(/^Vitrine /, '') || type);
      return { name: label, ...usageOfProcess(pid) };
    });
}

function usageOfProcess(pid: number): Omit<Usage, 'name'> {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const { cpuTicks, childrenCpuTicks } = ticksOf(pid);
  const shells = shellsOf(pid).map(ticksOf);
  const childrenTicks = shells.reduce(
    (sum, shell) => sum + shell.cpuTicks + shell.childrenCpuTicks,
    childrenCpuTicks,
  );
  return {
    peakMegabytes: Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024,
    cpuSeconds: cpuTicks / CLOCK_TICKS_A_SECOND,
    childrenCpuSeconds: childrenTicks / CLOCK_TICKS_A_SECOND,
  };
}

function ticksOf(pid: number) {
  return statFields(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** The fork servers of a process, which live on when their programs have ended. */
function shellsOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children
    .filter((child) => child !== '' && readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'sh')
    .map(Number);
}

/** Processor time out of `/proc/<pid>/stat`: of the process, and of its children that have ended. */
export function statFields(text: string): { cpuTicks: number; childrenCpuTicks: number } {
  // The second field, the name, may itself contain brackets and spaces; user time is the fourteenth.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = (field: number) => Number(fields[field - 3]);
  return { cpuTicks: ticks(14) + ticks(15), childrenCpuTicks: ticks(16) + ticks(17) };
}

/** What was used between two looks at the same processes; memory stays the highest ever. */
export function usageBetween(before: readonly Usage[], after: readonly Usage[]): Usage[] {
  return after.map((now) => {
    const then = before.find(({ name }) => name === now.name);
    return {
      ...now,
      cpuSeconds: now.cpuSeconds - (then?.cpuSeconds ?? 0),
      childrenCpuSeconds: now.childrenCpuSeconds - (then?.childrenCpuSeconds ?? 0),
    };
  });
}

export function totalCpuSeconds(usage: readonly Usage[]): number {
  return usage.reduce((sum, one) => sum + one.cpuSeconds + one.childrenCpuSeconds, 0);
}
