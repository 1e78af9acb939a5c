import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { isLive } from '../../src/shared/job';
import {
  isProbe,
  type ProcessRef,
  processesWith,
  processTree,
  signalProcess,
  survivors,
} from '../fixtures/processes';
import type { VitrineApp, Workplace } from '../fixtures/vitrine-app';
import { AppSession } from './app-session';
import { type Folder, Folders } from './folders';
import { inspectLibrary } from './inspect-library';
import { JobLedger, type Submission } from './job-ledger';
import { type Round, VICTIMS, type Work } from './plan';
import type { Random } from './random';
import type { Reference } from './reference';
import type { Losses, Stakes } from './statistics';
import { Strike } from './strike';

/** An ffprobe whose owner was killed has to be gone after this many milliseconds. */
const PROBE_MS = 5_000;
/** So has everything else; a busy disk may keep a process from ending for a while. */
const PROCESS_MS = 30_000;

/** A round that is being played. */
interface Play {
  round: Round;
  app: VitrineApp;
  main: ChildProcess;
  strike: Strike;
  /** Of the scan that is disturbed. */
  jobId: string;
  submissions: Submission[];
}

/** One library that lives through all rounds. Between two of them the app is closed. */
export class DisturbedLibrary {
  readonly #place: Workplace;
  readonly #reference: Reference;
  readonly #random: Random;
  readonly #session: AppSession;
  readonly #folders: Folders;
  readonly #jobs: JobLedger;

  constructor(place: Workplace, reference: Reference, random: Random) {
    this.#place = place;
    this.#reference = reference;
    this.#random = random;
    this.#session = new AppSession(place);
    this.#folders = new Folders(place.folder);
    this.#jobs = new JobLedger(reference);
  }

  get stakes(): Stakes {
    const folders = [...this.#folders.expectedRows(this.#reference).values()];
    const rows = folders.reduce((sum, { size }) => sum + size, 0);
    return { jobs: this.#jobs.size, rows, userData: this.#folders.userData.length };
  }

  /** Plays one round; answers what was done, whether a job was running then, and what was lost. */
  async play(round: Round): Promise<{ strike: Strike; hit: boolean; losses: Losses }> {
    const folder = await this.#prepare(round.work);
    const app = await this.#session.open();
    const submission = await this.#jobs.submit(app, folder, round.work);
    const { jobId } = submission;
    const strike = new Strike(this.#random);
    const main = app.electron.process();
    const play: Play = { round, app, main, strike, jobId, submissions: [submission] };
    await strike.aim(VICTIMS, app.electron);
    const hit = await this.#reach(play);
    await this.#disturb(play);
    const outlived = this.#outlived(strike);
    const jobs = await this.#jobs.settle(await this.#session.open(), play.submissions);
    for (const done of play.submissions) this.#folders.noteScanned(done.folder, done.work);
    await this.#session.close();
    const orphans = await this.#orphans(await outlived);
    return { strike, hit, losses: { jobs, orphans, ...this.#inspect() } };
  }

  /** For whoever has to end in the middle of a round. */
  async dispose(): Promise<void> {
    await this.#session.close();
  }

  /** The folder of the round. The app is closed, so that the person's data can be put on every video there is. */
  async #prepare(work: Work): Promise<Folder> {
    if (work === 'again' && !this.#folders.areScanned) await this.#scanUndisturbed();
    this.#folders.describe(this.#place.library);
    return work === 'first' ? this.#folders.add() : this.#folders.change();
  }

  async #scanUndisturbed(): Promise<void> {
    const app = await this.#session.open();
    const submission = await this.#jobs.submit(app, this.#folders.add(), 'first');
    const losses = await this.#jobs.settle(app, [submission]);
    if (losses.length > 0) throw new Error(`Nobody disturbed it, and yet: ${losses.join('; ')}`);
    this.#folders.noteScanned(submission.folder, submission.work);
    await this.#session.close();
  }

  /** Waits until so much of the reading is done; answers whether the job still runs. */
  async #reach({ round, app, strike, jobId }: Play): Promise<boolean> {
    const { discovered, unchanged, moved } = this.#reference.results[round.work];
    const known = unchanged + moved;
    const done = known + round.fraction * (discovered - known);
    const job = await app.waitFor(async () => {
      const status = await app.ask('jobs.get', { jobId });
      return status.done >= done || !isLive(status.state) ? status : undefined;
    });
    if (round.moment === 'finishing') await strike.untilAllIsRead();
    await pause(round.delayMs);
    return isLive(job.state);
  }

  async #disturb(play: Play): Promise<void> {
    const { round, strike } = play;
    if (round.freeze) await strike.freezeProbe();
    switch (round.moment) {
      case 'probing':
      case 'finishing':
        await this.#strike(play);
        break;
      case 'submitting':
        await this.#disturbSubmit(play);
        break;
      case 'pausing':
      case 'cancelling':
        await this.#disturbRequest(play);
        break;
      case 'opening':
        await this.#disturbOpening(play);
        break;
      case 'quitting':
        await this.#disturbQuit(play);
        break;
    }
  }

  /** Another folder is handed in, and the answer may never come. */
  async #disturbSubmit(play: Play): Promise<void> {
    const { app, submissions } = play;
    const folder = this.#folders.add();
    await app.grant(folder.path);
    const answer = app.call('scan.start', { path: folder.path }).catch(() => null);
    await this.#strike(play);
    const result = await answer;
    const jobId = result?.ok ? result.value.jobId : null;
    if (jobId) this.#jobs.acknowledge(jobId);
    submissions.push({ folder, work: 'first', jobId });
  }

  /** The person pauses or cancels the scan, and the answer may never come. */
  async #disturbRequest(play: Play): Promise<void> {
    const { round, app, jobId, submissions } = play;
    const channel = round.moment === 'pausing' ? 'jobs.pause' : 'jobs.cancel';
    const answer = app.call(channel, { jobId }).catch(() => null);
    await this.#strike(play);
    const result = await answer;
    if (result?.ok && submissions[0]) submissions[0].promised = result.value.state;
  }

  async #disturbOpening({ round, main, strike }: Play): Promise<void> {
    strike.kill('main');
    await this.#session.exited(main);
    const electron = await this.#session.start();
    const next = electron.process();
    await strike.aim(round.victims, electron);
    await pause(round.leadMs);
    await strike.hit(round);
    if (round.victims.includes('main')) await this.#session.exited(next);
    else await this.#session.takeOver(electron);
  }

  async #disturbQuit(play: Play): Promise<void> {
    const { app, main, strike } = play;
    strike.doomed.push(...processTree(main.pid ?? 0));
    const quit = app.close().catch(() => undefined);
    await this.#strike(play);
    await quit;
    await this.#session.exited(main);
  }

  /** Some time into what was begun, the victims are killed. */
  async #strike({ round, main, strike }: Play): Promise<void> {
    await pause(round.leadMs);
    await strike.hit(round);
    if (round.victims.includes('main')) await this.#session.exited(main);
  }

  /** What was killed, or has lost its owner, and is still there. */
  async #outlived({ doomed }: Strike): Promise<ProcessRef[]> {
    const probes = await survivors(() => doomed.filter(isProbe), PROBE_MS);
    return [...probes, ...(await survivors(() => doomed, PROCESS_MS))];
  }

  /** Processes that are there but should not, in words; they are ended. The app is closed. */
  async #orphans(outlived: readonly ProcessRef[]): Promise<string[]> {
    const left = await survivors(() => processesWith(this.#place.folder), PROCESS_MS);
    const orphans = [...outlived, ...left];
    for (const orphan of orphans) signalProcess(orphan, 'SIGKILL');
    return [...new Set(orphans.map(({ pid, commandLine }) => `${pid}: ${commandLine}`))];
  }

  #inspect(): Pick<Losses, 'rows' | 'userData' | 'library'> {
    const rows = this.#folders.expectedRows(this.#reference);
    return inspectLibrary(this.#place.library, { rows, userData: this.#folders.userData });
  }
}
