import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  EVERYTHING,
  FACETS,
  type Facet,
  type FacetValue,
  SORT_KEYS,
  type SortKey,
  type VideoQuery,
  type VideoScope,
} from '../shared/video-query';
import { ChangedVideos } from './changed-videos';
import { type Connection, openReaderConnection } from './connection';
import { fold } from './fold';
import { nameKey, pathKey } from './name-key';
import { openLibraryFile } from './open';
import { libraryFixture } from './testing/library-fixture';
import { RECENT_MS } from './video-filter';
import { VideoLists } from './video-list';
import { scanVideos } from './video-pages';

const { temporaryFolder } = libraryFixture();

const NOW = 1_800_000_000_000;
const ROOTS = ['/films', '/more'] as const;
const FOLDERS = ['', 'Été', 'b 10/deep', 'b 9'] as const;

/** A video as a person would describe it; the model sorts and filters these by plain JavaScript. */
interface Video {
  root: number;
  folder: number;
  name: string;
  sizeBytes: number;
  mtimeMs: number;
  addedAt: number;
  state: 'ok' | 'unreadable' | 'missing';
  dismissed: boolean;
  container: string | null;
  videoCodec: string | null;
  audioCodec: string | null;
  size: readonly [number, number] | null;
  frameRate: number | null;
  durationUs: number | null;
  bitRate: number | null;
  hdr: string | null;
  bitDepth: number | null;
  rotation: number | null;
  audioChannels: number | null;
}

const maybe = <T>(...values: T[]) => fc.constantFrom<T | null>(null, null, ...values);

const video: fc.Arbitrary<Video> = fc.record({
  root: fc.constantFrom(0, 1),
  folder: fc.nat(FOLDERS.length - 1),
  name: fc
    .tuple(fc.constantFrom('Clip', 'École', 'straße', '東京'), fc.nat(12))
    .map(([word, number]) => `${word} ${number}.mp4`),
  sizeBytes: fc.nat(3),
  mtimeMs: fc.nat(3),
  addedAt: fc.constantFrom(NOW, NOW - RECENT_MS, NOW - RECENT_MS - 1),
  state: fc.constantFrom('ok', 'ok', 'unreadable', 'missing'),
  dismissed: fc.boolean(),
  container: maybe('mp4', 'matroska'),
  videoCodec: maybe('h264', 'hevc'),
  audioCodec: maybe('aac'),
  size: maybe([1920, 1080], [800, 1920], [3840, 1600], [640, 480], [1440, 1080]),
  frameRate: maybe(24000 / 1001, 25, 59.94),
  durationUs: maybe(0, 59_999_999, 60_000_000, 4_000_000_000),
  bitRate: maybe(1, 2),
  hdr: maybe('hdr10'),
  bitDepth: maybe(8, 10),
  rotation: maybe(0, 90),
  audioChannels: maybe(2),
});

function linesOf([width, height]: readonly [number, number]): number {
  return Math.max(Math.min(width, height), Math.floor((Math.max(width, height) * 9) / 16));
}

const atLeast = (classes: readonly number[], value: number) =>
  classes.findLast((least) => value >= least) ?? null;

const FACET_OF: Record<Facet, (video: Video) => FacetValue> = {
  state: ({ state }) => state,
  root: ({ root }) => root + 1,
  container: ({ container }) => container,
  videoCodec: ({ videoCodec }) => videoCodec,
  audioCodec: ({ audioCodec }) => audioCodec,
  resolution: ({ size }) => {
    const lines = [480, 720, 1080, 1440, 2160, 4320];
    const least = [0, 650, 1000, 1300, 2000, 4000];
    return size && (lines[least.indexOf(atLeast(least, linesOf(size)) ?? 0)] ?? null);
  },
  frameRate: ({ frameRate }) => frameRate && Math.round(frameRate),
  duration: ({ durationUs }) =>
    durationUs === null ? null : atLeast([0, 60, 600, 3600], durationUs / 1_000_000),
  hdr: ({ hdr }) => hdr,
  bitDepth: ({ bitDepth }) => bitDepth,
  rotation: ({ rotation }) => rotation,
  audioChannels: ({ audioChannels }) => audioChannels,
};

type Key = (video: Video) => (string | number | null)[];
const SORT_BY: Record<SortKey, Key> = {
  name: ({ name }) => [nameKey(name)],
  folder: ({ root, folder, name }) => [
    pathKey(`${ROOTS[root]}/${FOLDERS[folder]}`.replace(/\/$/, '')),
    nameKey(name),
  ],
  added: ({ addedAt }) => [addedAt],
  modified: ({ mtimeMs }) => [mtimeMs],
  duration: ({ durationUs }) => [durationUs],
  size: ({ sizeBytes }) => [sizeBytes],
  resolution: ({ size }) => [size && size[0] * size[1]],
  frameRate: ({ frameRate }) => [frameRate],
  bitRate: ({ bitRate }) => [bitRate],
  videoCodec: ({ videoCodec }) => [videoCodec],
};

/** The library as plain objects by ID. */
class Model {
  readonly videos = new Map<number, Video>();
  readonly removedRoots = new Set<number>();

  /** Scope, search and filters but one. */
  matching(query: VideoQuery, without?: Facet): [number, Video][] {
    return [...this.videos].filter(([, one]) => this.#matches(one, query, without));
  }

  sortedIds(query: VideoQuery): number[] {
    const key = SORT_BY[query.sort];
    const sign = query.descending ? -1 : 1;
    const compare = ([leftId, left]: [number, Video], [rightId, right]: [number, Video]) => {
      const [lefts, rights] = [key(left), key(right)];
      if ((lefts[0] === null) !== (rights[0] === null)) return lefts[0] === null ? 1 : -1;
      for (const [index, value] of lefts.entries()) {
        const other = rights[index] ?? null;
        if (value !== other && value !== null && other !== null)
          return value < other ? -sign : sign;
      }
      return (leftId - rightId) * sign;
    };
    return this.matching(query)
      .toSorted(compare)
      .map(([id]) => id);
  }

  #matches(one: Video, { scope, search, filters = {} }: VideoQuery, without?: Facet): boolean {
    if (this.removedRoots.has(one.root)) return false;
    const text = [fold(one.name), fold(FOLDERS[one.folder] ?? '')];
    const words = fold(search).split(/\s+/).filter(Boolean);
    return (
      inScope(one, scope) &&
      words.every((word) => text.some((part) => part.includes(word))) &&
      FACETS.every(
        (facet) => facet === without || (filters[facet]?.includes(FACET_OF[facet](one)) ?? true),
      )
    );
  }
}

function inScope(one: Video, scope: VideoScope): boolean {
  switch (scope.type) {
    case 'all':
      return true;
    case 'recent':
      return one.addedAt >= NOW - RECENT_MS;
    case 'problems':
      return one.state === 'unreadable' && !one.dismissed;
    case 'missing':
      return one.state === 'missing';
    case 'root':
      return one.root + 1 === scope.rootId;
  }
}

/** So small that every way of reading is taken. */
const LIMITS = { far: 3, near: 8, few: 4, rowStep: 16, orderSteps: [2, 5] } as const;

/** IDs begin just before those that the names of a second text belong to. */
const FIRST_ID = 1015;

/** A library file with a writing connection that tells a reader what it changed, as the library process does. */
class RealLibrary {
  readonly #file;
  readonly #readerConnection: Connection;
  readonly #changed: ChangedVideos;
  readonly #isOnlyWriter: boolean;
  readonly #lists;
  #revision = 1;

  /** @param isOnlyWriter whether the reader is told what changes, or has to look at the file */
  constructor(directory: string, isOnlyWriter: boolean) {
    this.#isOnlyWriter = isOnlyWriter;
    this.#file = openLibraryFile(directory, 'write');
    this.#changed = new ChangedVideos(this.#file.database);
    this.#readerConnection = openReaderConnection(this.#file.databasePath);
    this.#lists = new VideoLists(this.#readerConnection, () => NOW, LIMITS);
    this.#run("INSERT INTO sqlite_sequence VALUES ('videos', ?)", FIRST_ID - 1);
    for (const [root, path] of ROOTS.entries()) {
      this.#run('INSERT INTO roots (id, path, added_at) VALUES (?, ?, 0)', root + 1, path);
      for (const [index, folder] of FOLDERS.entries()) {
        const id = root * FOLDERS.length + index + 1;
        const key = pathKey(`${path}/${folder}`.replace(/\/$/, ''));
        this.#run(
          'INSERT INTO folders (id, root_id, path, path_key) VALUES (?, ?, ?, ?)',
          id,
          root + 1,
          folder,
          key,
        );
        this.#run('INSERT INTO folder_search (rowid, path) VALUES (?, ?)', id, fold(folder));
      }
    }
  }

  close(): void {
    this.#readerConnection.close();
    this.#file.close();
  }

  write(work: () => void): void {
    this.#file.database.transaction(work)();
    this.#revision += 1;
  }

  insert(one: Video): number {
    // A place is one file's only, which the model does not care about.
    const { lastInsertRowid } = this.#run(
      `INSERT INTO videos (root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state, needs_probe, added_at, name_bytes)
        VALUES (1, 1, '', '', 0, 0, 0, 'ok', 0, 0, randomblob(16))`,
    );
    const id = Number(lastInsertRowid);
    this.#run('INSERT INTO video_search (rowid, name) VALUES (?, ?)', id, '');
    this.update(id, one);
    return id;
  }

  update(id: number, one: Video): void {
    this.#run(
      `UPDATE videos SET root_id = ?, folder_id = ?, name = ?, name_key = ?, size_bytes = ?, mtime_ms = ?, added_at = ?,
        state = ?, container = ?, video_codec = ?, audio_codec = ?, width = ?, height = ?, pixels = ?, frame_rate = ?,
        duration_us = ?, bit_rate = ?, hdr = ?, bit_depth = ?, rotation = ?, audio_channels = ? WHERE id = ?`,
      one.root + 1,
      one.root * FOLDERS.length + one.folder + 1,
      ...[one.name, nameKey(one.name), one.sizeBytes, one.mtimeMs, one.addedAt, one.state],
      ...[
        one.container,
        one.videoCodec,
        one.audioCodec,
        one.size?.[0] ?? null,
        one.size?.[1] ?? null,
      ],
      ...[one.size && one.size[0] * one.size[1], one.frameRate, one.durationUs, one.bitRate],
      ...[one.hdr, one.bitDepth, one.rotation, one.audioChannels, id],
    );
    this.#run('UPDATE video_search SET name = ? WHERE rowid = ?', fold(one.name), id);
    this.#run('DELETE FROM problems WHERE video_id = ?', id);
    if (one.state !== 'unreadable') return;
    this.failAgain(id);
    if (one.dismissed) this.dismiss(id);
  }

  dismiss(id: number): void {
    this.#run('UPDATE problems SET dismissed_at = 1 WHERE video_id = ?', id);
  }

  failAgain(id: number): void {
    this.#run(
      `INSERT OR REPLACE INTO problems (video_id, stage, code, message, occurred_at) VALUES (?, 'probe', 'NOT_MEDIA', '', 0)`,
      id,
    );
  }

  delete(id: number): void {
    this.#run('DELETE FROM video_search WHERE rowid = ?', id);
    this.#run('DELETE FROM videos WHERE id = ?', id);
  }

  setRemoved(root: number, removed: boolean): void {
    this.#run('UPDATE roots SET removed_at = ? WHERE id = ?', removed ? 1 : null, root + 1);
  }

  page(query: VideoQuery, index: number, limit: number) {
    return this.#lists.page({ query, index, limit }, this.#version());
  }

  facets(query: VideoQuery) {
    return this.#lists.facets(query, this.#version());
  }

  /** The reader has time for some steps of its own. */
  idle(steps: number): void {
    for (let step = 0; step < steps; step += 1) this.#lists.prepare();
  }

  keysetIds(query: VideoQuery): number[] {
    const ids: number[] = [];
    for (let after: string | null = null; ; ) {
      const page = scanVideos(this.#readerConnection, { query, after, limit: 7 }, NOW);
      ids.push(...page.videos.map(({ id }) => id));
      if (page.next === null) return ids;
      after = page.next;
    }
  }

  #version() {
    if (!this.#isOnlyWriter) return null;
    return { revision: this.#revision, changed: this.#changed.take() };
  }

  #run(sql: string, ...values: (string | number | null)[]): Database.RunResult {
    return this.#file.database.prepare(sql).run(...values);
  }
}

type Step =
  | { type: 'insert'; videos: Video[] }
  | { type: 'update'; which: number; video: Video }
  | { type: 'delete'; which: number }
  | { type: 'dismiss' | 'failAgain'; which: number }
  | { type: 'remove' | 'restore'; root: number }
  | { type: 'idle'; steps: number }
  | { type: 'look'; query: VideoQuery; index: number; limit: number };

const filters: fc.Arbitrary<NonNullable<VideoQuery['filters']>> = fc
  .uniqueArray(
    fc.tuple(fc.constantFrom(...FACETS), fc.array(video, { minLength: 1, maxLength: 2 })),
    {
      maxLength: 3,
      selector: ([facet]) => facet,
    },
  )
  .map((entries) =>
    Object.fromEntries(entries.map(([facet, some]) => [facet, some.map(FACET_OF[facet])])),
  );

const query: fc.Arbitrary<VideoQuery> = fc
  .record({
    scope: fc.oneof(
      { weight: 3, arbitrary: fc.constant({ type: 'all' as const }) },
      fc.constantFrom<VideoScope>(
        { type: 'recent' },
        { type: 'problems' },
        { type: 'missing' },
        { type: 'root', rootId: 2 },
      ),
    ),
    search: fc.constantFrom('', '', 'CLIP', 'ecole', 'strasse 1', '東', 'b 1', 'deep clip 1', 'no'),
    sort: fc.constantFrom(...SORT_KEYS),
    descending: fc.boolean(),
    filters: fc.option(filters, { nil: undefined }),
  })
  .map(({ filters: some, ...rest }) => (some ? { ...rest, filters: some } : rest));

/** Some that come again and again, so that what is kept of one is asked for when it is out of date. */
const REPEATED: readonly VideoQuery[] = [
  { ...EVERYTHING, sort: 'bitRate' },
  { ...EVERYTHING, sort: 'duration', descending: true },
  { ...EVERYTHING, scope: { type: 'problems' } },
  { ...EVERYTHING, search: 'clip', sort: 'folder' },
];

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('insert' as const),
    videos: fc.array(video, { minLength: 1, maxLength: 20, size: 'max' }),
  }),
  fc.record({ type: fc.constant('update' as const), which: fc.nat(100), video }),
  fc.record({ type: fc.constant('delete' as const), which: fc.nat(100) }),
  fc.record({ type: fc.constantFrom('remove' as const, 'restore' as const), root: fc.nat(1) }),
  fc.record({
    type: fc.constantFrom('dismiss' as const, 'failAgain' as const),
    which: fc.nat(100),
  }),
  { weight: 3, arbitrary: fc.record({ type: fc.constant('idle' as const), steps: fc.nat(100) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('look' as const),
      query: fc.oneof(query, fc.constantFrom(...REPEATED)),
      index: fc.nat(30),
      limit: fc.integer({ min: 1, max: 40 }),
    }),
  },
);

function take(model: Model, library: RealLibrary, one: Step): void {
  const ids = [...model.videos.keys()];
  switch (one.type) {
    case 'insert':
      library.write(() => {
        for (const added of one.videos) model.videos.set(library.insert(added), added);
      });
      return;
    case 'update': {
      const id = ids[one.which % ids.length];
      if (id === undefined) return;
      library.write(() => library.update(id, one.video));
      model.videos.set(id, one.video);
      return;
    }
    case 'delete': {
      const id = ids[one.which % ids.length];
      if (id === undefined) return;
      library.write(() => library.delete(id));
      model.videos.delete(id);
      return;
    }
    case 'dismiss':
    case 'failAgain': {
      const broken = ids.filter((id) => model.videos.get(id)?.state === 'unreadable');
      const id = broken[one.which % broken.length];
      const before = id === undefined ? undefined : model.videos.get(id);
      if (id === undefined || !before) return;
      library.write(() => (one.type === 'dismiss' ? library.dismiss(id) : library.failAgain(id)));
      model.videos.set(id, { ...before, dismissed: one.type === 'dismiss' });
      return;
    }
    case 'remove':
      library.write(() => library.setRemoved(one.root, true));
      model.removedRoots.add(one.root);
      return;
    case 'restore':
      library.write(() => library.setRemoved(one.root, false));
      model.removedRoots.delete(one.root);
      return;
    case 'idle':
      library.idle(one.steps);
      return;
    case 'look':
      compare(model, library, one);
  }
}

function compare(
  model: Model,
  library: RealLibrary,
  { query: asked, index, limit }: Extract<Step, { type: 'look' }>,
): void {
  const expected = model.sortedIds(asked);
  const { videos, total } = library.page(asked, index, limit);
  expect([total, videos.map(({ id }) => id)]).toEqual([
    expected.length,
    expected.slice(index, index + limit),
  ]);
  expect(library.keysetIds(asked)).toEqual(expected);
  const { total: counted, facets } = library.facets(asked);
  expect(counted).toBe(expected.length);
  for (const facet of FACETS) {
    const counts = new Map<FacetValue, number>();
    for (const [, one] of model.matching(asked, facet)) {
      const value = FACET_OF[facet](one);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([facet, new Map(facets[facet].map(({ value, count }) => [value, count]))]).toEqual([
      facet,
      counts,
    ]);
  }
}

describe('what a reader answers', () => {
  const open: RealLibrary[] = [];
  afterEach(() => {
    for (const library of open.splice(0)) library.close();
  });

  it('is what sorting, filtering and counting everything gives, whatever changes in between', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }),
        fc.boolean(),
        (steps, isOnlyWriter) => {
          const library = new RealLibrary(temporaryFolder(), isOnlyWriter);
          open.push(library);
          const model = new Model();
          for (const one of steps) take(model, library, one);
          compare(model, library, { type: 'look', query: EVERYTHING, index: 0, limit: 100 });
        },
      ),
      { numRuns: 60 },
    );
  });
});
