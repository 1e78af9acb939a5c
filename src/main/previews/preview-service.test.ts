import { beforeEach, describe, expect, it, vi } from 'vitest';
import { VitrineError } from '../../shared/errors';
import type { JobKind, JobState, JobStatus, PreviewResult } from '../../shared/job';
import type { WatchState } from '../../shared/library';
import { DEFAULT_SETTINGS } from '../../shared/settings';
import { ManualTimers } from '../testing/manual-timers';
import { PreviewService } from './preview-service';

let timers: ManualTimers;
let service: PreviewService;
/** How often the library was asked since the last look. */
let asked: number;
let isLibraryUp: boolean;

const takeAsked = () => {
  const count = asked;
  asked = 0;
  return count;
};

const allow = (makePreviews: boolean) =>
  service.settingsChanged({ ...DEFAULT_SETTINGS, makePreviews });

const become = (kind: JobKind, state: JobState, result: Partial<PreviewResult> | null = null) =>
  service.jobUpdated({ jobId: kind, kind, state, result } as JobStatus);

const made = (count: number) => ({ made: count, shared: 0, failed: 0, skipped: 1, elapsedMs: 1 });

const folders = (...states: WatchState[]) =>
  service.foldersChanged({
    folders: states.map((state, index) => ({ rootId: index + 1, state, reason: null })),
  });

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  timers = new ManualTimers();
  asked = 0;
  isLibraryUp = true;
  service = new PreviewService({
    submit: async () => {
      asked++;
      if (!isLibraryUp) throw new VitrineError('WORKER_CRASHED', 'The library is gone.');
    },
    timers,
  });
});

describe('missing previews', () => {
  it('are asked for at the start, a little after the first page', () => {
    service.opened();
    allow(true);
    timers.advance(4_999);
    expect(takeAsked()).toBe(0);
    timers.advance(1);
    expect(takeAsked()).toBe(1);
    timers.advance(1_000_000);
    expect(takeAsked()).toBe(0);
  });

  it('are asked for as soon as the first page shows videos', () => {
    service.opened();
    service.shown();
    allow(true);
    timers.advance(0);
    expect(takeAsked()).toBe(1);
    timers.advance(1_000_000);
    expect(takeAsked()).toBe(0);
  });

  it('are not asked for where the person does not want it, until they do', () => {
    service.opened();
    allow(false);
    become('scan', 'succeeded');
    service.shown();
    timers.advance(10_000);
    expect(takeAsked()).toBe(0);
    allow(true);
    timers.advance(0);
    expect(takeAsked()).toBe(1);
  });

  it('are not asked for when the person changed their mind a moment before', () => {
    service.opened();
    allow(true);
    timers.advance(4_999);
    allow(false);
    timers.advance(1_000_000);
    expect(takeAsked()).toBe(0);
  });
});

describe('once Vitrine has started', () => {
  beforeEach(() => {
    service.opened();
    allow(true);
    for (const wait of [10_000, 10_000]) timers.advance(wait);
    takeAsked();
  });

  it('they are asked for after each scan that succeeded, once for several', () => {
    become('scan', 'running');
    become('scan', 'failed');
    become('verify', 'succeeded');
    timers.advance(10_000);
    expect(takeAsked()).toBe(0);
    become('scan', 'succeeded');
    become('scan', 'succeeded');
    timers.advance(0);
    expect(takeAsked()).toBe(1);
  });

  it('they are asked for when a folder is back', () => {
    folders('watching', 'offline');
    timers.advance(10_000);
    expect(takeAsked()).toBe(0);
    folders('watching', 'timed');
    timers.advance(0);
    expect(takeAsked()).toBe(1);
  });

  it('they are asked for when videos come on screen, at most once a second', () => {
    for (let tenth = 0; tenth < 25; tenth++) {
      service.shown();
      timers.advance(100);
    }
    expect(takeAsked()).toBe(3);
  });

  it('what comes on screen is left to the job that is under way, or is paused', () => {
    become('preview', 'running');
    service.shown();
    become('preview', 'paused');
    service.shown();
    timers.advance(10_000);
    become('preview', 'succeeded', made(1));
    timers.advance(10_000);
    expect(takeAsked()).toBe(0);
    service.shown();
    timers.advance(0);
    expect(takeAsked()).toBe(1);
  });

  it('what a scan found during a job is asked for when that has ended', () => {
    become('preview', 'running');
    become('scan', 'succeeded');
    timers.advance(10_000);
    expect(takeAsked()).toBe(0);
    become('preview', 'succeeded', made(1));
    timers.advance(0);
    expect(takeAsked()).toBe(1);
  });

  it.each<[end: string, state: JobState, result: PreviewResult | null]>([
    ['failed', 'failed', null],
    ['was cancelled', 'cancelled', null],
    ['made nothing', 'succeeded', { ...made(0) }],
  ])(
    'scrolling does not repeat a job that %s; a scan or emptying the cache does',
    (_end, state, result) => {
      become('preview', 'running');
      become('preview', state, result);
      service.shown();
      timers.advance(10_000);
      expect(takeAsked()).toBe(0);
      become('scan', 'succeeded');
      timers.advance(10_000);
      expect(takeAsked()).toBe(1);
      service.cleared();
      timers.advance(10_000);
      expect(takeAsked()).toBe(1);
    },
  );

  it('they are asked for again when the library is open again', async () => {
    isLibraryUp = false;
    become('scan', 'succeeded');
    timers.advance(0);
    expect(takeAsked()).toBe(1);
    isLibraryUp = true;
    become('preview', 'running');
    service.opened();
    timers.advance(5_000);
    expect(takeAsked()).toBe(1);
  });

  it('nothing is asked for after the end', () => {
    become('scan', 'succeeded');
    service.stop();
    service.shown();
    timers.advance(10_000);
    expect(takeAsked()).toBe(0);
  });
});
