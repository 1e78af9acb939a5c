import { describe, expect, it } from 'vitest';
import type { JobStatus } from '../shared/job';
import { queryOf } from './features/browser/view-slice';
import { currentJob, isScanning, liveJobIds, pastJobIds } from './features/jobs/jobs-slice';
import { escapeStep } from './features/shell/escape';
import { isInspectorShown } from './features/shell/layout-slice';
import { createAppStore } from './store';
import { newJob } from './testing/fake-jobs';

function job(jobId: string, change: Partial<JobStatus> = {}): JobStatus {
  return { ...newJob(jobId, '/videos', 1), createdAt: 0, ...change };
}

describe('the summary', () => {
  const root = (rootId: number, videoCount: number) => ({
    rootId,
    path: `/videos/${rootId}`,
    name: String(rootId),
    online: true,
    videoCount,
    problemCount: 0,
    missingCount: 0,
    unconfirmedMissing: 0,
    volume: { label: 'Disk', kind: 'solid-state' as const },
    addedAtMs: 0,
    lastScanAtMs: null,
  });
  const summary = (...roots: ReturnType<typeof root>[]) => ({
    libraryPath: '/library',
    counts: { all: 0, recent: 0, problems: 0, missing: 0 },
    roots,
  });

  it('keeps the objects of folders that did not change, so that only the others are drawn again', () => {
    const store = createAppStore();
    store.getState().setSummary(summary(root(1, 5), root(2, 5)));
    const before = store.getState().summary?.roots;
    store.getState().setSummary(summary(root(1, 5), root(2, 6), root(3, 0)));
    const after = store.getState().summary?.roots;
    expect(after?.[0]).toBe(before?.[0]);
    expect(after?.map(({ videoCount }) => videoCount)).toEqual([5, 6, 0]);
  });

  it('knows a folder whose drive turned out to be another one as changed', () => {
    const store = createAppStore();
    store.getState().setSummary(summary(root(1, 5)));
    const before = store.getState().summary?.roots[0];
    store.getState().setSummary(summary({ ...root(1, 5), volume: null as never }));
    expect(store.getState().summary?.roots[0]).not.toBe(before);
    expect(store.getState().summary?.roots[0]?.volume).toBeNull();
  });
});

describe('how folders are watched', () => {
  it('keeps the objects of those that did not change', () => {
    const store = createAppStore();
    const watching = (rootId: number) => ({ rootId, state: 'watching' as const, reason: null });
    store.getState().setWatches([watching(1), watching(2)]);
    const before = store.getState().watches;
    store.getState().setWatches([watching(1), { rootId: 2, state: 'offline', reason: null }]);
    expect(store.getState().watches[1]).toBe(before[1]);
    expect(store.getState().watches[2]?.state).toBe('offline');
    store.getState().setWatches([watching(2)]);
    expect(Object.keys(store.getState().watches)).toEqual(['2']);
  });
});

describe('the view', () => {
  it('sorts by a new key from its interesting end, and turns with the same key', () => {
    const store = createAppStore();
    store.getState().sortBy('duration');
    expect(store.getState()).toMatchObject({ sort: 'duration', descending: true });
    store.getState().sortBy('duration');
    expect(store.getState().descending).toBe(false);
    store.getState().sortBy('name');
    expect(store.getState()).toMatchObject({ sort: 'name', descending: false });
  });

  it('keeps each typed letter while the query follows when it is applied', () => {
    const store = createAppStore();
    store.getState().setSearchText('ro');
    expect(queryOf(store.getState())?.search).toBe('');
    store.getState().setSearchText('rome ');
    store.getState().applySearch();
    expect(queryOf(store.getState())?.search).toBe('rome');
    expect(store.getState().searchText).toBe('rome ');
  });

  it('opens another place without search and selection', () => {
    const store = createAppStore();
    store.getState().setSearchText('rome');
    store.getState().applySearch();
    store.getState().select(7, 3);
    store.getState().openPlace({ type: 'videos', scope: { type: 'root', rootId: 2 } });
    expect(store.getState()).toMatchObject({ searchText: '', selectedId: null, activeIndex: null });
    expect(queryOf(store.getState())?.scope).toEqual({ type: 'root', rootId: 2 });
  });

  it('goes back to the videos to search from another page', () => {
    const store = createAppStore();
    store.getState().openPlace({ type: 'jobs' });
    expect(queryOf(store.getState())).toBeNull();
    store.getState().focusSearch();
    expect(store.getState()).toMatchObject({ place: { type: 'videos' }, searchFocusWanted: true });
  });
});

describe('the layout', () => {
  it('keeps pane widths within their range', () => {
    const store = createAppStore();
    store.getState().setSidebarWidth(10);
    store.getState().setInspectorWidth(9999);
    expect(store.getState()).toMatchObject({ sidebarWidth: 180, inspectorWidth: 480 });
  });

  it('hides the inspector in a narrow window and brings it back in a wide one', () => {
    const store = createAppStore();
    expect(isInspectorShown(store.getState())).toBe(true);
    store.getState().setNarrow(true);
    expect(isInspectorShown(store.getState())).toBe(false);
    store.getState().toggleInspector();
    expect(isInspectorShown(store.getState())).toBe(true);
    store.getState().setNarrow(false);
    expect(isInspectorShown(store.getState())).toBe(true);
  });
});

describe('Escape', () => {
  it('goes one step back at a time: tray, overlay, search, selection', () => {
    const store = createAppStore({});
    const { setTrayExpanded, setNarrow, setInspectorShown, setSearchText, select } =
      store.getState();
    select(7, 3);
    setSearchText('rome');
    setNarrow(true);
    setInspectorShown(true);
    setTrayExpanded(true);
    const steps: unknown[] = [];
    for (let step = escapeStep(store.getState()); step; step = escapeStep(store.getState())) {
      step();
      const { trayExpanded, inspectorOverlayOpen, searchText, selectedId } = store.getState();
      steps.push([trayExpanded, inspectorOverlayOpen, searchText, selectedId]);
    }
    expect(steps).toEqual([
      [false, true, 'rome', 7],
      [false, false, 'rome', 7],
      [false, false, '', 7],
      [false, false, '', null],
    ]);
  });

  it.each(['jobs', 'settings'] as const)('goes back to all videos from the page of %s', (type) => {
    const store = createAppStore();
    store.getState().openPlace({ type });
    escapeStep(store.getState())?.();
    expect(store.getState().place).toEqual({ type: 'videos', scope: { type: 'all' } });
    expect(escapeStep(store.getState())).toBeNull();
  });
});

describe('Escape on a page without an inspector', () => {
  it('leaves the page first, whatever lies over the videos behind it', () => {
    const store = createAppStore();
    store.getState().setNarrow(true);
    store.getState().setInspectorShown(true);
    store.getState().openPlace({ type: 'jobs' });
    escapeStep(store.getState())?.();
    expect(store.getState()).toMatchObject({
      place: { type: 'videos' },
      inspectorOverlayOpen: true,
    });
  });
});

describe('jobs', () => {
  it('replaces a known job and puts a new one in its place by age', () => {
    const store = createAppStore();
    store.getState().updateJob(job('a', { createdAt: 1 }));
    store.getState().updateJob(job('b', { createdAt: 2 }));
    store.getState().updateJob(job('a', { createdAt: 1, state: 'running' }));
    expect(store.getState().jobs.map(({ jobId, state }) => [jobId, state])).toEqual([
      ['b', 'queued'],
      ['a', 'running'],
    ]);
  });

  it('does not let an older answer overwrite a newer update', () => {
    const store = createAppStore();
    store.getState().updateJob(job('a', { state: 'succeeded' }));
    store.getState().addJob(job('a', { state: 'queued' }));
    store.getState().mergeJobs([job('a', { state: 'running' }), job('old')], new Set(['a']));
    expect(store.getState().jobs.map(({ jobId, state }) => [jobId, state])).toEqual([
      ['a', 'succeeded'],
      ['old', 'queued'],
    ]);
  });

  it('speaks of the running job first, then of the one that ended last', () => {
    const ended = [
      job('x', { state: 'failed', finishedAt: 5 }),
      job('y', { state: 'succeeded', finishedAt: 9 }),
    ];
    expect(currentJob([])).toBeNull();
    expect(currentJob(ended)?.jobId).toBe('y');
    expect(currentJob([...ended, job('q')])?.jobId).toBe('q');
    expect(currentJob([job('q'), ...ended, job('r', { state: 'running' })])?.jobId).toBe('r');
    const previews = job('p', { kind: 'preview', state: 'running' });
    expect(currentJob([job('r', { state: 'running' }), previews])?.jobId).toBe('r');
    expect(currentJob([job('q'), previews])?.jobId).toBe('p');
  });

  it('lists the live ones in the order they came, and those that are over the newest first', () => {
    const jobs = [
      job('d'),
      job('c', { state: 'failed' }),
      job('b', { state: 'paused' }),
      job('a', { state: 'cancelled' }),
    ];
    expect(liveJobIds(jobs)).toEqual(['b', 'd']);
    expect(pastJobIds(jobs)).toEqual(['c', 'a']);
  });

  it('knows whether a folder is being scanned', () => {
    expect(isScanning([job('a', { state: 'succeeded' })], 1)).toBe(false);
    expect(isScanning([job('a', { kind: 'verify' })], 1)).toBe(false);
    expect(isScanning([job('a', { state: 'paused' }), job('b', { state: 'waiting' })], 1)).toBe(
      false,
    );
    expect(isScanning([job('a'), job('b', { rootId: 2, state: 'running' })], 2)).toBe(true);
  });
});
