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
import { type ModelVideo, modelVideo, NOW, TAGS } from './testing/library-model';
import { FACTS, ReadLibrary } from './testing/read-library';
import { ReadingComparison, type ReadingStep } from './testing/reading-comparison';
import { type KnownVideo, VALUES_OF } from './testing/values-of';

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
    Object.fromEntries(
      entries.map(([facet, some]) => {
        const values = some.flatMap((one) => VALUES_OF[facet](aloneInLibrary(one)));
        return [facet, values.slice(0, 3)];
      }),
    ),
  );

function aloneInLibrary(video: ModelVideo): KnownVideo {
  const tagNames = video.tags.map((tag) => TAGS[tag] ?? '');
  return { ...video, id: 0, tagNames, isOffline: false, hasDuplicate: true };
}

const TERMS = [
  ...['CLIP', 'ecole', 'strasse 1', '東', '"clip 1"', 'cl*', 'li*', 'deep', 'no', 'dawn', 'canon'],
  ...['name:clip', 'name:c*', 'folder:ete', 'folder:b*', 'folder:"10/de"', 'folder:e'],
  ...['tag:beach', 'tag:"b 1",ete', 'tag:none', 'tag:b*', 'has:tag', 'beach', 'sand'],
  ...['note:dawn', 'note:none', 'has:note', 'camera:canon', 'camera:none', 'camera:a*'],
  ...['codec:h264', 'codec:avc,h265', 'codec:none', 'container:mkv', 'resolution:1080p'],
  ...['resolution:>=1080p', 'resolution:none', 'width:1920', 'height:<1000', 'duration:>1m'],
  ...['duration:..1:00', 'duration:none', 'fps:24', 'fps:59.94', 'fps:>25', 'vfr:yes', 'vfr:no'],
  ...['hdr:yes', 'hdr:hdr10', 'depth:10', 'rotation:90,270', 'audio:aac', 'audio:none'],
  ...['channels:stereo', 'language:english', 'language:de,und', 'language:none', 'subtitles:yes'],
  ...['subtitles:fr', 'size:>1', 'size:0..1', 'bitrate:1', 'bitrate:none', 'added:30d'],
  ...['modified:1970', 'recorded:2023', 'recorded:2023-05-17', 'recorded:>2023', 'recorded:none'],
  ...['rating:>=3', 'rating:none', 'rating:0', 'label:red', 'label:any', 'is:favourite'],
  ...['favourite:no', 'collection:"best of"', 'collection:none', 'volume:arch', 'volume:none'],
  ...['root:films', 'state:ok', 'state:offline', 'is:missing', 'problem:yes', 'problem:not-media'],
  ...['\u0301', 'name:\u0301*,x', 'clip -\u0301', 'is:duplicate', 'duplicate:no', '"'],
];

const search: fc.Arbitrary<string> = fc.letrec<{ text: string }>((tie) => {
  const two = fc.tuple(tie('text'), tie('text'));
  return {
    text: fc.oneof(
      { maxDepth: 2 },
      { weight: 2, arbitrary: fc.constantFrom(...TERMS) },
      two.map(([left, right]) => `${left} ${right}`),
      two.map(([left, right]) => `(${left} or ${right})`),
      tie('text').map((text) => `-(${text})`),
    ),
  };
}).text;

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
    search: fc.oneof(fc.constant(''), search),
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
  fc.record({
    type: fc.constantFrom(
      ...(['remove', 'restore', 'goOffline', 'comeOnline'] satisfies ReadingStep['type'][]),
    ),
    root: fc.nat(1),
  }),
  fc.record({
    type: fc.constant('renameTag' as const),
    tag: fc.nat(TAGS.length - 1),
    name: fc.constantFrom('beach', 'Sand', 'beach '),
  }),
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
  variableFrameRate: null,
  recordedAt: null,
  languages: [],
  subtitles: [],
  camera: null,
  tags: [],
  collections: [],
  rating: null,
  label: null,
  favourite: false,
  note: null,
  content: null,
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
  variableFrameRate: true,
  recordedAt: NOW,
  languages: ['eng'],
  subtitles: ['fre'],
  camera: { make: 'Sony', model: 'A7' },
  tags: [0],
  collections: [0],
  rating: 5,
  label: 'red',
  favourite: true,
  note: 'At dawn',
  content: 1,
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
