import { describe, expect, it } from 'vitest';
import type { ClaimedScan, ProbeTask } from '../shared/library-protocol';
import { claimAgain } from './testing/job-fixture';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';
import {
  claimScan,
  type Disk,
  detail,
  type Prober,
  probed,
  report,
  runScan,
  scanDisk,
  scanSteps,
  states,
} from './testing/scan-fixture';

const { openLibrary, copyOfCrash } = libraryFixture();

const DISK: Disk = { 'a.mp4': {}, 'b.mp4': {}, 'c.mp4': {}, 'd.mp4': {} };

/** A run that has listed the disk. */
async function listed(library: TestLibrary, job: ClaimedScan, disk: Disk = DISK) {
  const steps = scanSteps(library, job);
  await steps.begin();
  await steps.reconcile(disk);
  await steps.finishListing();
  return steps;
}

/** What main does when the media process dies under a run. */
function crash({ library }: TestLibrary, { jobId, runToken }: ClaimedScan) {
  return library.call('transitionJob', {
    jobId,
    from: ['running'],
    to: 'queued',
    runToken,
    crashed: true,
  });
}

const inOrder = (tasks: ProbeTask[]) => tasks.map(({ path, alone }) => [path, alone]);

/** A run in which `culprit` is read alone when the process dies. */
async function diesAlone(library: TestLibrary, job: ClaimedScan, culprit: string, disk = DISK) {
  const steps = await listed(library, job, disk);
  const tasks = await steps.take();
  const task = tasks.find(({ path }) => path === culprit);
  if (!task?.alone) throw new Error(`${culprit} is not read alone.`);
  await steps.probeAlone(task.videoId);
  return crash(library, job);
}

/** A first run dies while two files are read; in two more the first of them dies alone. */
async function quarantined(library: TestLibrary): Promise<ClaimedScan> {
  const first = await claimScan(library);
  await (await listed(library, first)).take(2);
  await crash(library, first);
  await diesAlone(library, await claimAgain(library), 'a.mp4');
  await diesAlone(library, await claimAgain(library), 'a.mp4');
  return claimAgain(library);
}

describe('files that were being read when the process died', () => {
  it('come first in the next run, and alone', async () => {
    const library = await openLibrary();
    const job = await claimScan(library);
    const steps = await listed(library, job);
    const [done, ...inFlight] = await steps.take(3);
    if (!done) throw new Error('Nothing was handed out.');
    await steps.write([report(done, probed())]);
    expect(inFlight.map(({ alone }) => alone)).toEqual([false, false]);
    expect(await crash(library, job)).toMatchObject({ changed: true, explained: false });

    const again = await listed(library, await claimAgain(library));
    expect(inOrder(await again.take())).toEqual([
      ['b.mp4', true],
      ['c.mp4', true],
      ['d.mp4', false],
    ]);
  });

  it('are known also when everything was killed at once', async () => {
    const before = await openLibrary();
    await (await listed(before, await claimScan(before))).take(1);
    const after = await openLibrary({ directory: copyOfCrash(before) });
    await after.library.call('recoverJobs', null);
    const again = await listed(after, await claimAgain(after));
    expect(inOrder(await again.take(2))).toEqual([
      ['a.mp4', true],
      ['b.mp4', false],
    ]);
  });

  it('are beyond suspicion once they were read', async () => {
    const library = await openLibrary();
    const job = await claimScan(library);
    await (await listed(library, job)).take();
    await crash(library, job);
    await runScan(library, await claimAgain(library), DISK);
    const changed = { 'a.mp4': { sizeBytes: 7 } };
    const steps = await listed(library, await claimScan(library), changed);
    expect(inOrder(await steps.take())).toEqual([['a.mp4', false]]);
  });

  it('stay under suspicion as long as nobody has read them', async () => {
    const library = await openLibrary();
    const job = await claimScan(library);
    await (await listed(library, job)).take();
    await crash(library, job);
    const gone: Prober = ({ path }) => (path === 'a.mp4' ? { kind: 'gone' } : probed());
    await runScan(library, await claimAgain(library), DISK, { prober: gone });
    const steps = await listed(library, await claimScan(library));
    expect(inOrder(await steps.take())).toEqual([['a.mp4', true]]);
  });

  it('are not suspected when the run ended in order', async () => {
    const library = await openLibrary();
    const { jobId, runToken, ...job } = await claimScan(library);
    await (await listed(library, { jobId, runToken, ...job })).take();
    const request = { jobId, from: ['running'], to: 'queued', runToken } as const;
    await library.library.call('transitionJob', request);
    // A later death of another run says nothing about them either.
    const other = await claimAgain(library);
    await crash(library, other);
    const steps = await listed(library, await claimAgain(library));
    expect((await steps.take()).some(({ alone }) => alone)).toBe(false);
  });
});

describe('a file during which the process dies again and again', () => {
  it('is quarantined, and the scan succeeds without it', async () => {
    const library = await openLibrary({ now: () => 5000 });
    const job = await quarantined(library);
    expect(await detail(library, 'a.mp4')).toMatchObject({
      state: 'unreadable',
      problem: {
        stage: 'probe',
        code: 'PROCESS_CRASHED',
        message: expect.stringContaining('2 times'),
        occurredAt: 5000,
      },
    });
    const { probedPaths, result } = await runScan(library, job, DISK);
    expect(probedPaths).toEqual(['b.mp4', 'c.mp4', 'd.mp4']);
    expect(result).toMatchObject({ discovered: 4, added: 4, unreadable: 1 });
    expect((await scanDisk(library, DISK)).probedPaths).toEqual([]);
  });

  it('is to blame alone: neither the job nor what else was handed out', async () => {
    const library = await openLibrary();
    const first = await claimScan(library);
    await (await listed(library, first)).take(1);
    await crash(library, first);
    const second = await claimAgain(library);
    expect(second.crashCount).toBe(1);
    // Even where the job would have to fail by its count, it goes on.
    const steps = await listed(library, second);
    const [suspect] = await steps.take();
    await steps.probeAlone(suspect?.videoId ?? 0);
    const answer = await library.library.call('transitionJob', {
      ...{ jobId: second.jobId, runToken: second.runToken, from: ['running'], to: 'failed' },
      ...{ crashed: true, error: { code: 'WORKER_CRASHED', message: 'gone' }, reason: 'gone' },
    });
    expect(answer).toMatchObject({
      explained: true,
      job: { state: 'queued', error: null, reason: null },
    });
    // It comes last, when all that is good has been read.
    const third = await listed(library, await claimAgain(library));
    expect(inOrder(await third.take())).toEqual([
      ['b.mp4', false],
      ['c.mp4', false],
      ['d.mp4', false],
      ['a.mp4', true],
    ]);
  });

  it('is not proven guilty by one death, which may be chance', async () => {
    const library = await openLibrary();
    const first = await claimScan(library);
    await (await listed(library, first)).take(1);
    await crash(library, first);
    await diesAlone(library, await claimAgain(library), 'a.mp4');
    const { probedPaths } = await runScan(library, await claimAgain(library), DISK);
    expect(probedPaths).toContain('a.mp4');
    expect((await states(library))['a.mp4']).toBe('ok');
  });

  it('is found also when each death takes everything with it', async () => {
    let library = await openLibrary();
    const restart = async () => {
      library = await openLibrary({ directory: copyOfCrash(library) });
      await library.library.call('recoverJobs', null);
      return claimAgain(library);
    };
    await (await listed(library, await claimScan(library))).take(1);
    for (let death = 0; death < 2; death++) {
      const job = await restart();
      const steps = await listed(library, job);
      const suspect = (await steps.take()).find(({ alone }) => alone);
      await steps.probeAlone(suspect?.videoId ?? 0);
    }
    const job = await restart();
    expect(job.crashCount).toBe(0);
    expect((await states(library))['a.mp4']).toBe('unreadable');
  });

  it('stays charged when no more than its contents is compared', async () => {
    const library = await openLibrary();
    const disk: Disk = { ...DISK, 'a.mp4': { sizeBytes: 4711 } };
    const first = await claimScan(library);
    await (await listed(library, first, disk)).take(1);
    await crash(library, first);
    await diesAlone(library, await claimAgain(library), 'a.mp4', disk);
    await diesAlone(library, await claimAgain(library), 'a.mp4', disk);
    const { works } = await runScan(library, await claimAgain(library), disk);
    expect(works).toContain('identify');
    const changed: Disk = { ...disk, 'a.mp4': { sizeBytes: 7 } };
    const steps = await listed(library, await claimScan(library), changed);
    expect(inOrder(await steps.take())).toEqual([['a.mp4', true]]);
  });

  it('is read alone once it changed, and put away again after one death', async () => {
    const library = await openLibrary();
    await runScan(library, await quarantined(library), DISK);
    const changed: Disk = { ...DISK, 'a.mp4': { sizeBytes: 7 } };
    await diesAlone(library, await claimScan(library), 'a.mp4', changed);
    const { works } = await runScan(library, await claimAgain(library), changed);
    expect(works).not.toContain('probe');
    expect((await detail(library, 'a.mp4')).problem?.message).toContain('3 times');
  });
});

describe('two scans in the process that died', () => {
  it('are both free of blame when one of them read a suspect alone', async () => {
    const library = await openLibrary();
    const first = await claimScan(library);
    await (await listed(library, first)).take(1);
    await crash(library, first);
    const guilty = await claimAgain(library);
    const bystander = await claimScan(library, '/media/other');
    await (await listed(library, bystander)).take();
    const steps = await listed(library, guilty);
    const [suspect] = await steps.take(1);
    await steps.probeAlone(suspect?.videoId ?? 0);

    expect(await crash(library, bystander)).toMatchObject({ explained: true });
    expect(await crash(library, guilty)).toMatchObject({ explained: true });
    await diesAlone(library, await claimAgain(library), 'a.mp4');
    const other = await listed(library, await claimAgain(library));
    expect((await other.take()).some(({ alone }) => alone)).toBe(false);
  });
});
