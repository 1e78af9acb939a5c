import { beforeEach, describe, expect, it, vi } from 'vitest';
import { VitrineError } from '../../shared/errors';
import type { JobStatus } from '../../shared/job';
import { DEFAULT_SETTINGS } from '../../shared/settings';
import { BatteryHold } from './battery-hold';

/** The job as the library keeps it, told whenever it is another. */
let job: Pick<JobStatus, 'jobId' | 'kind' | 'state' | 'waitingFor' | 'reason'>;
let isOnBattery: boolean;
let isLibraryUp: boolean;
let battery: BatteryHold;

const settled = () => new Promise(setImmediate);

async function become(change: Partial<typeof job>): Promise<void> {
  job = { ...job, waitingFor: null, reason: null, ...change };
  battery.jobUpdated(job as JobStatus);
  await settled();
}

async function plug(mains: boolean): Promise<void> {
  isOnBattery = !mains;
  battery.powerChanged();
  await settled();
}

async function allow(previewsOnBattery: boolean): Promise<void> {
  battery.settingsChanged({ ...DEFAULT_SETTINGS, previewsOnBattery });
  await settled();
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  isOnBattery = false;
  isLibraryUp = true;
  job = { jobId: 'p', kind: 'preview', state: 'queued', waitingFor: null, reason: null };
  const write = async (from: JobStatus['state'][], change: Partial<typeof job>) => {
    await settled();
    if (!isLibraryUp) throw new VitrineError('WORKER_CRASHED', 'The library is gone.');
    if (from.includes(job.state)) await become(change);
  };
  battery = new BatteryHold({
    isOnBattery: () => isOnBattery,
    hold: (_jobId, reason) =>
      write(['queued', 'running'], { state: 'waiting', waitingFor: 'power', reason }),
    release: () => write(['waiting'], { state: 'queued' }),
  });
});

describe('previews on battery', () => {
  it('wait with the reason in words until the machine has mains power again', async () => {
    await allow(false);
    await become({ state: 'running' });
    await plug(false);
    expect(job).toMatchObject({ state: 'waiting', waitingFor: 'power' });
    expect(job.reason).toMatch(/battery.*\.$/);
    await plug(true);
    expect(job).toMatchObject({ state: 'queued', waitingFor: null });
  });

  it('wait when they are queued later, and when the person resumes them', async () => {
    await allow(false);
    await plug(false);
    await become({ state: 'queued' });
    expect(job.waitingFor).toBe('power');
    await become({ state: 'queued' });
    expect(job.waitingFor).toBe('power');
  });

  it('go on when the person allows it, and wait when it is not allowed any more', async () => {
    await allow(false);
    await plug(false);
    await become({ state: 'running' });
    await allow(true);
    expect(job.state).toBe('queued');
    await become({ state: 'running' });
    await allow(false);
    expect(job.waitingFor).toBe('power');
  });

  it('that an earlier session left waiting go on at a start with mains power', async () => {
    battery.opened();
    await become({ state: 'waiting', waitingFor: 'power' });
    expect(job.state).toBe('waiting');
    await allow(false);
    expect(job.state).toBe('queued');
  });

  it('are left alone where they are paused, over, or wait for something else', async () => {
    await allow(false);
    await become({ state: 'waiting', waitingFor: 'backoff' });
    await plug(false);
    await plug(true);
    expect(job.waitingFor).toBe('backoff');
    for (const state of ['paused', 'succeeded', 'cancelled', 'failed'] as const) {
      await become({ state });
      await plug(false);
      await plug(true);
      expect(job.state).toBe(state);
    }
  });

  it('are held as soon as the library answers again', async () => {
    await allow(false);
    await become({ state: 'running' });
    isLibraryUp = false;
    await plug(false);
    expect(job.state).toBe('running');
    isLibraryUp = true;
    await become({ state: 'queued' });
    expect(job.waitingFor).toBe('power');
  });

  it('are released when power came back while they were being held', async () => {
    await allow(false);
    await become({ state: 'running' });
    isOnBattery = true;
    battery.powerChanged();
    isOnBattery = false;
    battery.powerChanged();
    await vi.waitFor(() => expect(job.state).toBe('queued'));
  });

  it('are no reason to touch other jobs', async () => {
    await allow(false);
    await plug(false);
    await become({ kind: 'verify', state: 'running' });
    expect(job.state).toBe('running');
  });
});

it('says whether previews may be made now, by the settings and the power source', () => {
  const forbids = (previewsOnBattery: boolean) =>
    battery.forbids({ ...DEFAULT_SETTINGS, previewsOnBattery });
  expect([forbids(false), forbids(true)]).toEqual([false, false]);
  isOnBattery = true;
  expect([forbids(false), forbids(true)]).toEqual([true, false]);
});
