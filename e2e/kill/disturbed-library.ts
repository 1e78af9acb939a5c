import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isLive, isScanResult, type JobStatus } from '../../src/shared/job';
import { withLibraryFile } from '../fixtures/library-file';
import { processesWith, processTree, signalProcess, survivors } from '../fixtures/processes';
import { VitrineApp, type Workplace } from '../fixtures/vitrine-app';
import { changeFolder, fillFolder } from './folder';
import { inspectLibrary } from './inspect-library';
import { type Round, VICTIMS, type Work } from './plan';
import type { Random } from './random';
import { type Reference, type Stage, withoutTime } from './reference';
import { type Losses, noLosses, type Stakes } from './statistics';
import { Strike } from './strike';
import { putUserData, type UserData } from './user-data';

/** Every process of a killed owner has to be gone after this many milliseconds. */
const ORPHAN_MS = 5_000;
/** A job that has not ended after this long will not. */
const JOB_MS = 90_000;

interface Folder {
  readonly path: string;
  readonly key: string;
  stage: Stage | 'new';
}

/** A scan that was asked for. */
interface Submission {
  folder: Folder;
  work: Work;
  /** Null until an answer came. */
  jobId: string | null;
}

/** One library that lives through all rounds. Between two of them the app is closed. */
export class DisturbedLibrary {
  readonly #place: Workplace;
  readonly #reference: Reference;
  readonly #random: Random;
  readonly #folders: Folder[] = [];
  readonly #acknowledged: string[] = [];
  readonly #userData: UserData[] = [];
  #app: VitrineApp | null = null;

  constructor(place: Workplace, reference: Reference, random: Random) {
    this.#place = place;
    this.#reference = reference;
    this.#random = random;
  }

  get stakes(): Stakes {
    const rows = [...this.#expectedRows().values()].reduce((sum, { size }) => sum + size, 0);
    return { jobs: this.#acknowledged.length, rows, userData: this.#userData.length };
  }

  /** Plays one round; answers what was done, whether a job was running then, and what was lost. */
  async play(round: Round): Promise<{ strike: Strike; hit: boolean; losses: Losses }> {
    const losses = noLosses();
    const folder = await this.#prepare(round.work);
    const app = await this.#open();
    const submission = await this.#submit(app, folder, round.work);
    const submissions = [submission];
    const strike = new Strike(this.#random);
    await strike.aim(VICTIMS, app.electron);
    const hit = await this.#reach(app, submission, round);
    if (round.moment === 'finishing') await strike.untilAllIsRead();
    await pause(round.delayMs);
    await this.#disturb(app, round, strike, submissions);
    const gone = survivors(() => strike.doomed, ORPHAN_MS);
    await this.#settle(submissions, losses);
    await this.#close();
    const left = await survivors(() => processesWith(this.#place.folder), ORPHAN_MS);
    for (const orphan of new Set([...(await gone), ...left])) {
      losses.orphans.push(`${orphan.pid}: ${orphan.commandLine}`);
      signalProcess(orphan, 'SIGKILL');
    }
    const expected = { rows: this.#expectedRows(), userData: this.#userData };
    return { strike, hit, losses: { ...losses, ...inspectLibrary(this.#place.library, expected) } };
  }

  /** For whoever has to end in the middle of a round. */
  async dispose(): Promise<void> {
    await this.#close();
  }

  /** The folder of the round; the app is closed, so that the person's data can be put on every video there is. */
  async #prepare(work: Work): Promise<Folder> {
    const waiting = this.#folders.some(({ stage }) => stage === 'scanned' || stage === 'described');
    if (work === 'again' && !waiting) await this.#scanUndisturbed(this.#newFolder());
    for (const folder of this.#folders) {
      if (folder.stage !== 'scanned') continue;
      const put = withLibraryFile(this.#place.library, (database) =>
        putUserData(database, folder.path),
      );
      this.#userData.push(...put);
      folder.stage = 'described';
    }
    if (work === 'first') return this.#newFolder();
    const folder = this.#folders.find(({ stage }) => stage === 'described');
    if (!folder) throw new Error('There is no folder to scan again.');
    changeFolder(folder.path, folder.key);
    return folder;
  }

  #newFolder(): Folder {
    const key = `clips ${String(this.#folders.length + 1).padStart(3, '0')}`;
    const folder: Folder = { path: join(this.#place.folder, key), key, stage: 'new' };
    fillFolder(folder.path, key);
    this.#folders.push(folder);
    return folder;
  }

  async #scanUndisturbed(folder: Folder): Promise<void> {
    const app = await this.#open();
    const { jobId } = await this.#submit(app, folder, 'first');
    await app.jobEnd(jobId ?? '');
    folder.stage = 'scanned';
    await this.#close();
  }

  async #open(): Promise<VitrineApp> {
    const isFirst = this.#acknowledged.length === 0;
    const app = await VitrineApp.launch(this.#place);
    this.#app = app;
    if (isFirst) {
      // Scans only when the round says so.
      const settings = await app.ask('settings.get', {});
      await app.ask('settings.set', { ...settings, watchFolders: false });
    }
    return app;
  }

  async #submit(app: VitrineApp, folder: Folder, work: Work): Promise<Submission> {
    await app.grant(folder.path);
    const { jobId } = await app.ask('scan.start', { path: folder.path });
    this.#acknowledged.push(jobId);
    return { folder, work, jobId };
  }

  /** Waits until so much of the reading is done; answers whether the job still runs. */
  async #reach(app: VitrineApp, { jobId, work }: Submission, round: Round): Promise<boolean> {
    const { discovered, unchanged, moved } = this.#reference.results[work];
    const known = unchanged + moved;
    const done = known + round.fraction * (discovered - known);
    const job = await app.waitFor(async () => {
      const status = await app.ask('jobs.get', { jobId: jobId ?? '' });
      return status.done >= done || !isLive(status.state) ? status : undefined;
    });
    return isLive(job.state);
  }

  async #disturb(
    app: VitrineApp,
    round: Round,
    strike: Strike,
    submissions: Submission[],
  ): Promise<void> {
    if (round.freeze) await strike.freezeProbe();
    switch (round.moment) {
      case 'probing':
      case 'finishing':
        await strike.hit(round);
        if (round.victims.includes('main')) await this.#exit(app.electron.process());
        break;
      case 'submitting':
        submissions.push(await this.#disturbSubmit(app, round, strike));
        break;
      case 'opening':
        await this.#disturbOpening(app, round, strike);
        break;
      case 'quitting':
        await this.#disturbQuit(app, round, strike);
        break;
    }
  }

  /** Another folder is handed in, and the answer may never come. */
  async #disturbSubmit(app: VitrineApp, round: Round, strike: Strike): Promise<Submission> {
    const folder = this.#newFolder();
    await app.grant(folder.path);
    const main = app.electron.process();
    const answer = app.call('scan.start', { path: folder.path }).catch(() => null);
    await pause(round.leadMs);
    await strike.hit(round);
    if (round.victims.includes('main')) await this.#exit(main);
    const result = await answer;
    const jobId = result?.ok ? result.value.jobId : null;
    if (jobId) this.#acknowledged.push(jobId);
    return { folder, work: 'first', jobId };
  }

  async #disturbOpening(app: VitrineApp, round: Round, strike: Strike): Promise<void> {
    strike.kill('main');
    await this.#exit(app.electron.process());
    const electron = await VitrineApp.start(this.#place);
    const main = electron.process();
    await strike.aim(round.victims, electron);
    await pause(round.leadMs);
    await strike.hit(round);
    if (round.victims.includes('main')) await this.#exit(main);
    else this.#app = await VitrineApp.of(electron);
  }

  async #disturbQuit(app: VitrineApp, round: Round, strike: Strike): Promise<void> {
    const main = app.electron.process();
    strike.doomed.push(...processTree(main.pid ?? 0));
    const quit = app.close().catch(() => undefined);
    await pause(round.leadMs);
    await strike.hit(round);
    await quit;
    await this.#exit(main);
  }

  /** Waits until the app's main process is gone. */
  async #exit(main: ChildProcess): Promise<void> {
    if (main.exitCode === null && main.signalCode === null) await once(main, 'exit');
    this.#app = null;
  }

  /** Starts the app if it is gone, asks again for what was not acknowledged, and waits until all jobs are over. */
  async #settle(submissions: readonly Submission[], losses: Losses): Promise<void> {
    const app = this.#app ?? (await this.#open());
    for (const submission of submissions) {
      if (submission.jobId === null) await this.#submit(app, submission.folder, submission.work);
    }
    const jobs = await this.#jobsEnd(app);
    for (const jobId of this.#acknowledged) {
      const job = await app.call('jobs.get', { jobId });
      if (!job.ok) losses.jobs.push(`job ${jobId}: ${job.error.code}`);
    }
    for (const job of jobs) {
      if (isLive(job.state)) losses.jobs.push(`${wordsOf(job)} after ${JOB_MS} ms`);
    }
    for (const { folder, work } of submissions) {
      losses.jobs.push(...this.#wrongJobs(jobs, folder, work));
      folder.stage = work === 'first' ? 'scanned' : 'rescanned';
    }
  }

  /** Polls until no job is live; errors while a process is being restarted are not the end. */
  async #jobsEnd(app: VitrineApp): Promise<JobStatus[]> {
    const end = performance.now() + JOB_MS;
    for (;;) {
      const answer = await app.call('jobs.list', { limit: 500 });
      const jobs = answer.ok ? answer.value.jobs : null;
      if (jobs && !jobs.some(({ state }) => isLive(state))) return jobs;
      if (performance.now() > end) {
        if (jobs) return jobs;
        throw new Error(`The app lists no jobs any more: ${JSON.stringify(answer)}`);
      }
      await pause(25);
    }
  }

  /** The first job of this round's scan has to end as an undisturbed one does. */
  #wrongJobs(jobs: readonly JobStatus[], folder: Folder, work: Work): string[] {
    const newestFirst = jobs.filter(({ target }) => target === folder.path);
    const before = work === 'first' ? 0 : 1;
    const job = newestFirst.at(-1 - before);
    if (!job) return [`no job scans ${folder.path}`];
    const result = job.result && isScanResult(job.result) ? withoutTime(job.result) : null;
    const expected = this.#reference.results[work];
    if (job.state !== 'succeeded') return [wordsOf(job)];
    if (JSON.stringify(result) === JSON.stringify(expected)) return [];
    return [`${wordsOf(job)} with ${JSON.stringify(result)}, not ${JSON.stringify(expected)}`];
  }

  async #close(): Promise<void> {
    await this.#app?.close();
    this.#app = null;
  }

  #expectedRows(): Map<string, Map<string, object>> {
    return new Map(
      this.#folders.flatMap(({ path, stage }) =>
        stage === 'new' ? [] : [[path, this.#reference.rows[stage]] as const],
      ),
    );
  }
}

function wordsOf({ jobId, target, state, reason }: JobStatus): string {
  return `job ${jobId} of ${target} is ${state}${reason ? ` (${reason})` : ''}`;
}
