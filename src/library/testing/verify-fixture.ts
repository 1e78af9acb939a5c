import type { JobPayload } from '../../shared/job-payload';
import type { ClaimedVerify } from '../../shared/library-protocol';
import type { Verification } from '../../shared/media';
import type { VerifyReport, VerifyTask } from '../../shared/verify-protocol';
import { EVERYTHING } from '../../shared/video-query';
import type { TestLibrary } from './library-fixture';

type Findings = Omit<Verification, 'verifiedAtMs'>;

export const INTACT: Findings = { outcome: 'intact', damage: [], damageCount: 0 };

export const DAMAGED: Findings = {
  outcome: 'damaged',
  damage: [
    { atSeconds: 4, message: 'h264: error while decoding MB 1 0' },
    { atSeconds: 7, untilSeconds: 9, message: 'h264: no frame!' },
  ],
  damageCount: 12,
};

export const UNREADABLE: Findings = {
  outcome: 'unreadable',
  damage: [{ atSeconds: null, message: 'There is no decoder for xvvc.' }],
  damageCount: 1,
  unchecked: ['xvvc'],
};

/** Queues and claims a verification. */
export async function claimVerify(
  { library }: TestLibrary,
  wish: JobPayload<'verify'> | { path: string },
): Promise<ClaimedVerify> {
  await library.call('submitVerify', wish);
  return claimNextVerify({ library });
}

export async function claimNextVerify({
  library,
}: Pick<TestLibrary, 'library'>): Promise<ClaimedVerify> {
  const job = await library.call('claimJob', { kinds: ['verify'] });
  if (job?.kind !== 'verify') throw new Error('There was no verification to claim.');
  return job;
}

/** One run of a verification, step by step. */
export function verifySteps(
  { verifySink }: TestLibrary,
  { jobId, runToken }: Pick<ClaimedVerify, 'jobId' | 'runToken'>,
) {
  const run = { jobId, runToken };
  return {
    begin: () => verifySink.call('beginVerify', run),
    take: (limit = 100) => verifySink.call('takeVerifyTasks', { ...run, limit }),
    write: (report: VerifyReport) => verifySink.call('writeVerification', { ...run, report }),
    finish: () => verifySink.call('finishVerify', run),
  };
}

/** A file that was decoded, in the version that the library knows unless another is given. */
export function decoded(
  task: VerifyTask,
  findings: Findings,
  version: Partial<Pick<VerifyReport, 'sizeBytes' | 'mtimeMs' | 'inode'>> = {},
): VerifyReport {
  const { videoId, sizeBytes, mtimeMs } = task;
  const facts = { videoId, sizeBytes, mtimeMs, inode: 1, ...version };
  return { ...facts, outcome: { kind: 'decoded', findings } };
}

export function skipped({ videoId, sizeBytes, mtimeMs }: VerifyTask): VerifyReport {
  return { videoId, sizeBytes, mtimeMs, inode: 0, outcome: { kind: 'skipped' } };
}

/** A verification from submission to success; `find` says what each file is found to be. */
export async function verifyAll(
  library: TestLibrary,
  wish: JobPayload<'verify'> | { path: string },
  find: (task: VerifyTask) => VerifyReport = (task) => decoded(task, INTACT),
) {
  const claimed = await claimVerify(library, wish);
  const steps = verifySteps(library, claimed);
  await steps.begin();
  const paths: string[] = [];
  for (;;) {
    const tasks = await steps.take(2);
    if (tasks.length === 0) break;
    for (const task of tasks) {
      paths.push(task.path);
      await steps.write(find(task));
    }
  }
  return { jobId: claimed.jobId, paths, result: await steps.finish() };
}

/** IDs of the videos by their relative paths. */
export async function idsByPath({ library }: TestLibrary): Promise<Record<string, number>> {
  const { videos } = await library.call('scanVideos', {
    ...{ query: EVERYTHING, after: null, limit: 500 },
  });
  return Object.fromEntries(
    videos.map(({ id, folder, name }) => [folder ? `${folder}/${name}` : name, id]),
  );
}
