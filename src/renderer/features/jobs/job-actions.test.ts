import { beforeEach, describe, expect, it, vi } from 'vitest';
import { VitrineError } from '../../../shared/errors';
import type { JobState, JobStatus } from '../../../shared/job';
import { newJob } from '../../testing/fake-jobs';
import { openFakeLibrary } from '../../testing/fake-services';
import { showError } from '../../ui/error-toast';
import {
  actionOfKey,
  actionsOf,
  canRun,
  runJobAction,
  runOnAll,
  setJobPriority,
} from './job-actions';

vi.mock('../../ui/error-toast');

const FOLDER = '/media/Rome';
const job = (jobId: string, state: JobState, change: Partial<JobStatus> = {}): JobStatus => ({
  ...newJob(jobId, `${FOLDER}/${jobId}`, 1),
  state,
  createdAt: 0,
  ...change,
});

const open = (...history: JobStatus[]) => openFakeLibrary({ roots: [FOLDER], history });

beforeEach(() => void vi.mocked(showError).mockClear());

describe('what can be done with a job', () => {
  it.each([
    ['queued', ['pause', 'cancel']],
    ['running', ['pause', 'cancel']],
    ['waiting', ['tryNow', 'pause', 'cancel']],
    ['paused', ['resume', 'cancel']],
    ['succeeded', []],
    ['failed', ['retry']],
    ['cancelled', ['retry']],
  ] as const)('when it is %s', async (state, actions) => {
    const { state: known } = await open(job('a', state));
    expect(actionsOf(job('a', state), known())).toEqual(actions);
  });

  it('when it waits for power, which no try brings back', async () => {
    const waiting = job('a', 'waiting', { waitingFor: 'power' });
    const { state } = await open(waiting);
    expect(actionsOf(waiting, state())).toEqual(['pause', 'cancel']);
  });

  it('is not to try again what a newer job does, nor what has no folder any more', async () => {
    const failed = job('a', 'failed', { target: FOLDER });
    const newer = job('b', 'succeeded', { target: FOLDER, createdAt: 5 });
    const { state } = await open(newer, failed);
    expect(actionsOf(failed, state())).toEqual([]);
    expect(actionsOf(job('c', 'failed', { rootId: 7 }), state())).toEqual([]);
    expect(actionsOf(job('c', 'failed', { rootId: null }), state())).toEqual(['retry']);
  });

  it('has a key on its row', () => {
    expect(actionOfKey(['pause', 'cancel'], 'P')).toBe('pause');
    expect(actionOfKey(['resume', 'cancel'], 'p')).toBe('resume');
    expect(actionOfKey(['tryNow', 'pause', 'cancel'], 'r')).toBe('tryNow');
    expect(actionOfKey(['retry'], 'r')).toBe('retry');
    expect(actionOfKey(['pause', 'cancel'], 'Delete')).toBe('cancel');
    expect(actionOfKey(['pause', 'cancel'], 'Backspace')).toBe('cancel');
    expect(actionOfKey([], 'Delete')).toBeNull();
    expect(actionOfKey(['pause'], 'Enter')).toBeNull();
  });
});

describe('doing it', () => {
  it.each([
    ['pause', 'running', 'paused'],
    ['resume', 'paused', 'queued'],
    ['tryNow', 'waiting', 'queued'],
    ['retry', 'failed', 'queued'],
    ['cancel', 'waiting', 'cancelled'],
  ] as const)('%s makes a %s job %s', async (action, before, after) => {
    const { services, state } = await open(job('a', before));
    runJobAction(services, job('a', before), action);
    await vi.waitFor(() => expect(state().jobs[0]?.state).toBe(after));
  });

  it('gives a job its priority', async () => {
    const { services, state } = await open(job('a', 'queued'));
    setJobPriority(services, job('a', 'queued'), 'high');
    await vi.waitFor(() => expect(state().jobs[0]?.priority).toBe('high'));
  });

  it('pauses and resumes all that allow it, and leaves the others', async () => {
    const { services, state } = await open(
      job('a', 'running'),
      job('b', 'waiting'),
      job('c', 'succeeded'),
    );
    const states = () => state().jobs.map((known) => known.state);
    expect(canRun(state(), 'resume')).toBe(false);
    runOnAll(services, 'pause');
    await vi.waitFor(() => expect(states()).toEqual(['paused', 'paused', 'succeeded']));
    expect(canRun(state(), 'pause')).toBe(false);
    runOnAll(services, 'resume');
    await vi.waitFor(() => expect(states()).toEqual(['queued', 'queued', 'succeeded']));
  });

  it('tells what failed and of which job', async () => {
    const { services } = await open(job('a', 'running'));
    vi.spyOn(services.api.jobs, 'pause').mockRejectedValue(new VitrineError('TIMEOUT', 'busy'));
    runJobAction(services, job('a', 'running'), 'pause');
    await vi.waitFor(() =>
      expect(showError).toHaveBeenCalledWith(
        expect.objectContaining({ code: 'TIMEOUT' }),
        'Scan of a',
      ),
    );
  });
});
