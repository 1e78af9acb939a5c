import { type ErrorShape, VitrineError } from '../../shared/errors';
import type { JobStatus } from '../../shared/job';
import { Engine } from '../engine';
import { connectToApp } from '../handoff/handoff-client';
import { inspectFolder } from '../ipc/folder-grants';
import { EXIT, exitCodeOfJobs } from './exit-codes';
import { JobFollower } from './job-follower';
import type { Output } from './output';

/** What a scan needs of whoever has the library: this process's own engine, or the app that is open. */
interface ScanHost {
  submit(path: string): Promise<{ jobId: string }>;
  get(jobId: string): Promise<JobStatus>;
  /** Rejects when the host is gone. */
  lost: Promise<never>;
  /** Leaves running jobs resumable. */
  close(): Promise<void>;
}

/**
 * Submits a scan for each folder, follows them all to their end.
 * @throws VitrineError for a path that is no readable folder, or a library that cannot be used
 */
export async function scanFolders(
  paths: readonly string[],
  libraryPath: string,
  output: Output,
): Promise<number> {
  const folders = [...new Set(await Promise.all(paths.map(inspectFolder)))];
  const follower = new JobFollower(output);
  const host = await openHost(libraryPath, (status) => follower.update(status));
  const interrupted = interruption();
  const jobIds: string[] = [];
  try {
    for (const folder of folders) {
      const startedAt = performance.now();
      const { jobId } = await host.submit(folder);
      const elapsedMs = Math.round((performance.now() - startedAt) * 1000) / 1000;
      if (output.json) await output.object({ type: 'submitted', jobId, elapsedMs });
      else await output.line(`Scanning ${folder} (job ${jobId})`);
      jobIds.push(jobId);
    }
    follower.follow(jobIds);
    // A job may have ended before it was followed.
    for (const jobId of jobIds) follower.update(await host.get(jobId));
    const outcome = await Promise.race([follower.allFinished, interrupted.signalled, host.lost]);
    if (outcome === 'interrupted') return EXIT.interrupted;
    return exitCodeOfJobs(outcome);
  } finally {
    interrupted.dispose();
    await host.close();
  }
}

async function openHost(
  libraryPath: string,
  onUpdate: (status: JobStatus) => void,
): Promise<ScanHost> {
  try {
    return await openEngine(libraryPath, onUpdate);
  } catch (thrown) {
    const app =
      (thrown as Partial<ErrorShape>).code === 'LIBRARY_LOCKED'
        ? await connectToApp(libraryPath, onUpdate)
        : null;
    if (!app) throw thrown;
    const lost = new Promise<never>((_resolve, reject) => {
      app.onClose(() =>
        reject(new VitrineError('WORKER_CRASHED', 'The app that runs the scan was closed.')),
      );
    });
    lost.catch(() => undefined);
    return {
      submit: (path) => app.call('submitScan', { path }),
      get: (jobId) => app.call('getJob', { jobId }),
      lost,
      close: async () => app.close(),
    };
  }
}

async function openEngine(
  libraryPath: string,
  onUpdate: (status: JobStatus) => void,
): Promise<ScanHost> {
  let lose: (error: VitrineError) => void = () => {};
  const lost = new Promise<never>((_resolve, reject) => {
    lose = reject;
  });
  lost.catch(() => undefined);
  const engine = new Engine({
    libraryPath,
    mode: 'write',
    onJobUpdate: onUpdate,
    onLibraryChange: () => {},
    onStatus: (status) => {
      if (status.state === 'failed') lose(VitrineError.fromShape(status.error));
    },
  });
  try {
    await engine.start();
  } catch (thrown) {
    await engine.stop();
    throw thrown;
  }
  return {
    submit: (path) => engine.queue.submit('submitScan', { path }),
    get: (jobId) => engine.queue.get(jobId),
    lost,
    close: () => engine.stop(),
  };
}

/** Ctrl-C, a request to end, a terminal that is closed. */
const INTERRUPTIONS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function interruption(): { signalled: Promise<'interrupted'>; dispose(): void } {
  let onSignal: () => void = () => {};
  const signalled = new Promise<'interrupted'>((resolve) => {
    onSignal = () => resolve('interrupted');
  });
  for (const signal of INTERRUPTIONS) process.on(signal, onSignal);
  return {
    signalled,
    dispose: () => {
      for (const signal of INTERRUPTIONS) process.off(signal, onSignal);
    },
  };
}
