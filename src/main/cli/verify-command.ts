import { realpath } from 'node:fs/promises';
import type { DamagedVideo } from '../../shared/library-protocol';
import type { Engine } from '../engine';
import { EXIT } from './exit-codes';
import { followJobs } from './follow-jobs';
import type { JobHost } from './job-host';
import type { Output } from './output';
import { withLibrary } from './read-library';
import { placeText } from './verify-text';

const PAGE_SIZE = 100;

/**
 * Decodes what the library has at each path, follows the jobs to their end and lists what is not intact. Finding
 * damage is what was asked for: the exit code does not tell of it.
 * @throws VitrineError `VIDEO_NOT_FOUND` for a path that the library does not know, or why it cannot be used
 */
export async function verifyPaths(
  paths: readonly string[],
  libraryPath: string,
  output: Output,
): Promise<number> {
  // Opened for reading first: that makes no library where there is none.
  await withLibrary(libraryPath, async () => undefined);
  const places = [...new Set(await Promise.all(paths.map(realPathOf)))];
  let jobIds: string[] = [];
  const code = await followJobs(libraryPath, output, async (host) => {
    jobIds = await submitAll(host, places, output);
    return jobIds;
  });
  if (code !== EXIT.interrupted) {
    await withLibrary(libraryPath, (library) => printDamage(library, jobIds, output));
  }
  return code;
}

async function submitAll(
  host: JobHost,
  paths: readonly string[],
  output: Output,
): Promise<string[]> {
  const jobIds: string[] = [];
  for (const path of paths) {
    const { jobId } = await host.submitVerify(path);
    if (output.json) await output.object({ type: 'submitted', jobId });
    else await output.line(`Verifying ${path} (job ${jobId})`);
    jobIds.push(jobId);
  }
  return jobIds;
}

/** The library knows folders by their real paths; of one on an absent drive only what was typed is known. */
function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

async function printDamage(
  library: Engine,
  jobIds: readonly string[],
  output: Output,
): Promise<void> {
  for (const jobId of jobIds) {
    for await (const video of eachDamaged(library, jobId)) {
      const { id, path, verification } = video;
      if (output.json) await output.object({ type: 'damaged', jobId, id, path, ...verification });
      else for (const line of describe(video)) await output.line(line);
      if (output.broken) return;
    }
  }
}

async function* eachDamaged(library: Engine, jobId: string): AsyncGenerator<DamagedVideo> {
  let after = 0;
  for (;;) {
    const { videos } = await library.ask('listDamaged', { jobId, after, limit: PAGE_SIZE });
    yield* videos;
    const last = videos.at(-1);
    if (!last) return;
    after = last.id;
  }
}

function describe({ path, verification }: DamagedVideo): string[] {
  const { outcome, damage, damageCount } = verification;
  const more = damageCount - damage.length;
  return [
    `${path}\t${outcome}`,
    ...damage.map((one) => `  ${placeText(one)}\t${one.message}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
