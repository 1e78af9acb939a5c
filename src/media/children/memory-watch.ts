import { readFileSync } from 'node:fs';

/** How often a running child is looked at, in milliseconds. Nearly every ffprobe ends before the first look. */
const INTERVAL_MS = 150;

const PAGE_BYTES = 4096;

/**
 * Calls back once when a child holds more memory than allowed. Linux only; elsewhere ffprobe's own limit on single
 * allocations stands alone. Looking from outside costs nothing for the usual short run, where a `prlimit` around each
 * child adds a third to its processor time.
 * @param processId of the child; undefined while there is none
 * @returns ends the watch
 */
export function watchMemory(
  processId: () => number | undefined,
  limitBytes: number,
  onExceeded: () => void,
): () => void {
  if (process.platform !== 'linux') return () => undefined;
  const timer = setInterval(() => {
    if (residentBytes(processId()) <= limitBytes) return;
    clearInterval(timer);
    onExceeded();
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}

function residentBytes(processId: number | undefined): number {
  try {
    const pages = readFileSync(`/proc/${processId}/statm`, 'utf8').split(' ')[1];
    return Number(pages) * PAGE_BYTES;
  } catch {
    // It ended between two looks.
    return 0;
  }
}
