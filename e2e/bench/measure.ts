import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import ffprobe from '@ffprobe-installer/ffprobe';

const run = promisify(execFile);

/** How other programs of this kind scan: one ffprobe after the other, started from Node. Answers files per second. */
export async function sequentialFfprobe(files: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  for (const file of files) {
    await run(
      ffprobe.path,
      ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams', file],
      { env: { ...process.env, GCONV_PATH: '/nonexistent' }, maxBuffer: 16 * 1024 * 1024 },
    );
  }
  return files.length / ((performance.now() - startedAt) / 1000);
}

/** Every `step`-th element. */
export function sampleOf<T>(values: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(values.length / count));
  return values.filter((_value, index) => index % step === 0);
}

/** Resident memory of a process in megabytes: now, and the highest ever (Linux). */
export function residentMegabytes(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string) =>
    Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Rows of text as columns; every column but the first is right-aligned. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}
