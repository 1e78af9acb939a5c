import fc from 'fast-check';
import { afterEach, describe, it } from 'vitest';
import {
  EVERYTHING,
  FACETS,
  SORT_KEYS,
  type VideoQuery,
  type VideoScope,
} from '../shared/video-query';
import { libraryFixture } from './testing/library-fixture';
import { FACET_OF, type ModelVideo, modelVideo, NOW } from './testing/library-model';
import { FACTS, ReadLibrary } from './testing/read-library';
import { ReadingComparison, type ReadingStep } from './testing/reading-comparison';

const { temporaryFolder } = libraryFixture();

const filters: fc.Arbitrary<NonNullable<VideoQuery['filters']>> = fc
  .uniqueArray(
    fc.tuple(fc.constantFrom(...FACETS), fc.array(modelVideo, { minLength: 1, maxLength: 2 })),
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
  { ...EVERYTHING, search: 'clip', sort: 'size' },
];

const step: fc.Arbitrary<ReadingStep> = fc.oneof(
  fc.record({
    type: fc.constant('insert' as const),
    videos: fc.array(modelVideo, { minLength: 1, maxLength: 20, size: 'max' }),
    isAnnounced: fc.boolean(),
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('update' as const),
      how: fc.constantFrom('announced' as const, 'unannounced' as const, 'in vain' as const),
      which: fc.nat(100),
      video: modelVideo,
      facts: fc.uniqueArray(fc.constantFrom(...FACTS), { minLength: 1, maxLength: 3 }),
    }),
  },
  fc.record({ type: fc.constant('delete' as const), which: fc.nat(100) }),
  fc.record({ type: fc.constantFrom('remove' as const, 'restore' as const), root: fc.nat(1) }),
  fc.record({
    type: fc.constantFrom('dismiss' as const, 'failAgain' as const),
    which: fc.nat(100),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('idle' as const),
      steps: fc.oneof(fc.nat(5), fc.nat(100)),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('look' as const),
      query: fc.oneof(query, fc.constantFrom(...REPEATED)),
      index: fc.oneof(fc.nat(4), fc.nat(30)),
      limit: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 40 })),
      meanwhile: fc.option(modelVideo),
    }),
  },
);

/** Two that have no fact in common. */
const BEFORE: ModelVideo = {
  root: 0,
  folder: 0,
  name: 'before.mp4',
  sizeBytes: 1,
  mtimeMs: 1,
  addedAt: 0,
  state: 'missing',
  dismissed: false,
  container: null,
  videoCodec: null,
  audioCodec: null,
  size: null,
  frameRate: null,
  durationUs: null,
  bitRate: null,
  hdr: null,
  bitDepth: null,
  rotation: null,
  audioChannels: null,
};
const AFTER: ModelVideo = {
  root: 1,
  folder: 2,
  name: 'after.mp4',
  sizeBytes: 2,
  mtimeMs: 2,
  addedAt: NOW,
  state: 'ok',
  dismissed: false,
  container: 'mp4',
  videoCodec: 'h264',
  audioCodec: 'aac',
  size: [1920, 1080],
  frameRate: 25,
  durationUs: 60_000_000,
  bitRate: 2,
  hdr: 'hdr10',
  bitDepth: 10,
  rotation: 90,
  audioChannels: 2,
};

describe('what a reader answers', () => {
  const open: ReadLibrary[] = [];
  afterEach(() => {
    for (const library of open.splice(0)) library.close();
  });

  it('is what sorting, filtering and counting everything gives, whatever changes in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }),
        fc.boolean(),
        async (steps, isTold) => {
          const library = new ReadLibrary(temporaryFolder(), isTold);
          open.push(library);
          const comparison = new ReadingComparison(library);
          for (const one of steps) await comparison.take(one);
          await comparison.look({ query: EVERYTHING, index: 0, limit: 100, meanwhile: null });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('follows when a problem is dismissed, and when it is there again', async () => {
    const library = new ReadLibrary(temporaryFolder(), true);
    open.push(library);
    const comparison = new ReadingComparison(library);
    const query = { ...EVERYTHING, scope: { type: 'problems' as const } };
    const look = { query, index: 0, limit: 9, meanwhile: null };
    const broken = { ...BEFORE, state: 'unreadable' as const };
    await comparison.take({ type: 'insert', videos: [broken], isAnnounced: true });
    await comparison.look(look);
    for (const type of ['dismiss', 'failAgain', 'dismiss'] as const) {
      await comparison.take({ type, which: 0 });
      await comparison.look(look);
    }
  });

  it.each(FACTS)('follows when only the %s of a video changes', async (fact) => {
    const library = new ReadLibrary(temporaryFolder(), true);
    open.push(library);
    const comparison = new ReadingComparison(library);
    const looks = [
      EVERYTHING,
      { ...EVERYTHING, scope: { type: 'recent' as const } },
      { ...EVERYTHING, search: 'before' },
      { ...EVERYTHING, search: 'deep' },
    ].map((asked) => ({ query: asked, index: 0, limit: 9, meanwhile: null }));
    await comparison.take({ type: 'insert', videos: [BEFORE], isAnnounced: true });
    for (const look of looks) await comparison.look(look);
    const change = { type: 'update' as const, how: 'announced' as const, which: 0, facts: [fact] };
    await comparison.take({ ...change, video: AFTER });
    for (const look of looks) await comparison.look(look);
  });
});
