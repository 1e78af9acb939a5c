import type { Channel, Request, Response, VitrineBridge } from '../../shared/contract';
import { type ErrorShape, type Result, toErrorShape } from '../../shared/errors';
import type { JobStatus } from '../../shared/job';
import { namesFor, typedPartAt } from '../../shared/query/completion';
import { FakeLibrary } from './fake-library';
import type { FakePlaybacks } from './fake-playbacks';
import { fakeFilmstrip } from './fake-preview';

export interface FakeOptions {
  /** Videos that are there at the start. */
  videos?: number;
  /** Paths of the folders that they are in, by turns. */
  roots?: readonly string[];
  /** What the folder dialog answers. */
  choice?: readonly string[];
  /** Why the library does not open. */
  failure?: ErrorShape;
  /** Stays in the opening state. */
  opening?: boolean;
  platform?: Response<'app.info'>['platform'];
  /** Videos that a scan of a new folder finds. */
  found?: number;
  /** Jobs that are there at the start. */
  history?: readonly JobStatus[];
  /** File name extensions that the person added. */
  extensions?: readonly string[];
  /** Videos of the first folder that its last scan did not find. */
  unconfirmedMissing?: number;
  /** Backups that were kept. */
  backups?: number;
  /** How many of the first videos have no pictures, until {@link FakeBridge.advance} makes some. */
  withoutPreviews?: number;
}

/** The bridge's contract over made-up data in memory, for tests and for looking at the page in a browser. */
export interface FakeBridge extends VitrineBridge {
  /**
   * Moves every scan on by this many files and every verification by this many seconds; they end by themselves. As many
   * videos get the pictures that they have not.
   */
  advance: (amount: number) => void;
  playbacks: FakePlaybacks;
}

type Handlers = { [C in Channel]: (request: Request<C>) => Response<C> | Promise<Response<C>> };

export function createFakeBridge(options: FakeOptions = {}): FakeBridge {
  const state = new FakeLibrary(options);
  const calls: Handlers = {
    'app.info': () => ({
      version: '0.1.0',
      platform: options.platform ?? 'linux',
      electron: '0',
      libraryPath: '/home/anna/.config/Vitrine/Library',
    }),
    'library.status': () => state.status(),
    'library.retry': () => ({}),
    'library.summary': () => state.summary(),
    'roots.choose': () => ({ paths: [...(options.choice ?? ['/media/anna/Holiday 2019'])] }),
    'roots.remove': ({ rootId }) => state.removeRoot(rootId),
    'scan.start': (request) => state.startScan(request),
    'jobs.get': ({ jobId }) => state.jobs.get(jobId),
    'jobs.list': ({ limit }) => ({ jobs: state.jobs.all.slice(0, limit) }),
    'jobs.cancel': ({ jobId }) => state.jobs.cancel(jobId),
    'jobs.pause': ({ jobId }) => state.jobs.pause(jobId),
    'jobs.resume': ({ jobId }) => state.jobs.resume(jobId),
    'jobs.retry': ({ jobId }) => state.jobs.retry(jobId),
    'jobs.setPriority': ({ jobId, priority }) => state.jobs.setPriority(jobId, priority),
    'verify.start': (request) => state.startVerify(request),
    'previews.start': () => ({ jobId: null }),
    'previews.filmstrip': ({ id }) => fakeFilmstrip(state.videos.detail(id)),
    'previews.remake': ({ ids }) => state.videos.remakePreviews(ids),
    'previews.setPoster': () => ({}),
    'previews.cache': () => ({ bytes: 0, count: 0, due: 0, withoutFilmstrip: 0 }),
    'previews.clear': () => ({}),
    'player.open': (request) => state.playbacks.openFor(request),
    'player.close': ({ playbackId }) => state.playbacks.close(playbackId),
    'player.savePosition': (request) => state.playbacks.savePosition(request),
    'problems.retry': (request) => state.retryProblems(request),
    'problems.dismiss': (request) => {
      state.videos.dismiss(request);
      return {};
    },
    'problems.copyReport': () => ({}),
    'backups.list': () => ({ backups: state.backups }),
    'backups.restore': ({ backupId }) => state.restore(backupId),
    'watch.status': () => state.watchStatus(),
    'videos.page': ({ query, index, limit }) => {
      const rows = state.videos.rows(query);
      return { videos: rows.slice(index, index + limit), total: rows.length, errors: [] };
    },
    'videos.facets': ({ query }) => ({
      total: state.videos.rows(query).length,
      facets: {},
      errors: [],
    }),
    'query.complete': ({ text, cursor }) => ({ suggestions: namesFor(typedPartAt(text, cursor)) }),
    'savedFilters.list': () => state.savedFilters.list(),
    'savedFilters.save': (filter) => state.savedFilters.save(filter),
    'savedFilters.change': (change) => state.savedFilters.change(change),
    'savedFilters.reorder': (order) => state.savedFilters.reorder(order),
    'savedFilters.remove': (filter) => state.savedFilters.remove(filter),
    'videos.get': ({ id }) => ({
      ...state.videos.detail(id),
      positionSeconds: state.playbacks.positions.get(id) ?? null,
    }),
    'problems.list': ({ after, limit }) => state.videos.problems(after, limit),
    'settings.get': () => state.settings,
    'settings.change': (change) => state.changeSettings(change),
    'videos.readFirst': () => ({}),
    'videos.reveal': () => ({}),
    'videos.openExternally': () => ({}),
  };
  const bridge: Record<string, Record<string, unknown>> = {
    drop: { folders: () => answer(() => ({ paths: [...(options.choice ?? [])] })) },
  };
  const add = (name: string, member: unknown) => {
    const [space = '', method = ''] = name.split('.');
    bridge[space] = { ...bridge[space], [method]: member };
  };
  for (const [name, call] of Object.entries(calls)) {
    add(name, (request: never) => answer(() => call(request)));
  }
  for (const name of [
    'jobs.onUpdate',
    'library.onChange',
    'library.onStatus',
    'watch.onChange',
    'settings.onChange',
    'savedFilters.onChange',
    'app.onCommand',
  ] as const) {
    add(name, (listener: (payload: never) => void) => state.listen(name, listener));
  }
  return {
    ...bridge,
    advance: (amount: number) => state.advance(amount),
    playbacks: state.playbacks,
  } as unknown as FakeBridge;
}

async function answer<T>(run: () => T | Promise<T>): Promise<Result<T>> {
  try {
    // What crosses a process boundary is a copy.
    return { ok: true, value: structuredClone(await run()) };
  } catch (thrown) {
    return { ok: false, error: toErrorShape(thrown) };
  }
}
