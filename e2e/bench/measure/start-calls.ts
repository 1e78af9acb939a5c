import { linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clip } from '../../fixtures/clips';
import type { VitrineApp } from '../../fixtures/vitrine-app';

const INTERVAL_MS = 40;

/** Makes folders with one video each. @returns their paths */
export function makeSmallFolders(place: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const path = join(place, String(index));
    mkdirSync(path, { recursive: true });
    linkSync(clip('mp4-h264-aac'), join(path, 'a.mp4'));
    return path;
  });
}

/**
 * Asks for the scan of each folder, which commits a new root and a new job.
 * @returns milliseconds in the page from each call to the job's ID
 */
export async function timeScanStarts(app: VitrineApp, folders: string[]): Promise<number[]> {
  await app.chooseInDialog(folders);
  await app.ask('roots.choose', {});
  return app.page.evaluate(
    async ([paths, interval]) => {
      const times: number[] = [];
      for (const path of paths) {
        const startedAt = performance.now();
        const answer = await window.vitrine.scan.start({ path });
        times.push(performance.now() - startedAt);
        if (!answer.ok) throw new Error(answer.error.message);
        await new Promise((resolve) => setTimeout(resolve, interval));
      }
      return times;
    },
    [folders, INTERVAL_MS] as const,
  );
}
