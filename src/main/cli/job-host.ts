import { VitrineError } from '../../shared/errors';
import type { JobStatus } from '../../shared/job';
import { Engine } from '../engine';
import type { HandoffApi } from '../handoff/handoff-api';
import { connectInstead } from '../handoff/handoff-client';
import { KINDS_WITHOUT_PREVIEWS } from '../jobs/runners';

type FolderScan = HandoffApi['procedures']['submitScan']['request'];

/** Whoever has the library and runs its jobs: this process's own engine, or the app that is open. */
export interface JobHost {
  submitScan(scan: FolderScan): Promise<{ jobId: string }>;
  /** Reads every file again that could not be read. */
  retryProblems(): Promise<{ jobIds: string[] }>;
  /** Of a root, a folder in it, or a video. @throws VitrineError VIDEO_NOT_FOUND when the library knows nothing there */
  submitVerify(path: string): Promise<{ jobId: string }>;
  get(jobId: string): Promise<JobStatus>;
  /** Rejects when the host is gone. */
  lost: Promise<never>;
  /** Leaves running jobs resumable. */
  close(): Promise<void>;
}

/** @throws VitrineError why the library cannot be used, and no app has it open either */
export async function openJobHost(
  libraryPath: string,
  onUpdate: (status: JobStatus) => void,
): Promise<JobHost> {
  try {
    return await openEngine(libraryPath, onUpdate);
  } catch (thrown) {
    const app = await connectInstead(thrown, libraryPath, onUpdate);
    const lost = new Promise<never>((_resolve, reject) => {
      app.onClose(() =>
        reject(new VitrineError('WORKER_CRASHED', 'The app that runs the job was closed.')),
      );
    });
    lost.catch(() => undefined);
    return {
      submitScan: (scan) => app.call('submitScan', scan),
      retryProblems: () => app.call('retryProblems', null),
      submitVerify: (path) => app.call('submitVerify', { path }),
      get: (jobId) => app.call('getJob', { jobId }),
      lost,
      close: async () => app.close(),
    };
  }
}

async function openEngine(
  libraryPath: string,
  onUpdate: (status: JobStatus) => void,
): Promise<JobHost> {
  let lose: (error: VitrineError) => void = () => {};
  const lost = new Promise<never>((_resolve, reject) => {
    lose = reject;
  });
  lost.catch(() => undefined);
  const engine = new Engine({
    libraryPath,
    mode: 'write',
    // It ends with what it was started for: pictures are for the app, which makes them when it is open.
    claimable: () => KINDS_WITHOUT_PREVIEWS,
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
    submitScan: (scan) => engine.queue.submit('submitScan', scan),
    retryProblems: () => engine.queue.retryProblems({ all: true }),
    submitVerify: (path) => engine.queue.submit('submitVerify', { path }),
    get: (jobId) => engine.queue.get(jobId),
    lost,
    close: () => engine.stop(),
  };
}
