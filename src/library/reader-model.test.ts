import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  EVERYTHING,
  FACETS,
  type Facet,
  type FacetValue,
  SORT_KEYS,
  type VideoQuery,
  type VideoScope,
} from '../shared/video-query';
import { libraryFixture } from './testing/library-fixture';
import { FACET_OF, LibraryModel, type ModelVideo, modelVideo } from './testing/library-model';
import { FACTS, type Fact, ReadLibrary } from './testing/read-library';

const { temporaryFolder } = libraryFixture();

type Step =
  | { type: 'insert'; videos: ModelVideo[]; isAnnounced: boolean }
  | {
      type: 'update';
      how: 'announced' | 'unannounced' | 'in vain';
      which: number;
      video: ModelVideo;
      facts: Fact[];
    }
  | { type: 'delete'; which: number }
  | { type: 'dismiss' | 'failAgain'; which: number }
  | { type: 'remove' | 'restore'; root: number }
  | { type: 'idle'; steps: number }
  | (Look & { type: 'look' });

/** A page, and what is written before it is there. */
interface Look {
  query: VideoQuery;
  index: number;
  limit: number;
  meanwhile: ModelVideo | null;
}

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
];

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('insert' as const),
    videos: fc.array(modelVideo, { minLength: 1, maxLength: 20, size: 'max' }),
    isAnnounced: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('update' as const),
    how: fc.constantFrom('announced' as const, 'unannounced' as const, 'in vain' as const),
    which: fc.nat(100),
    video: modelVideo,
    facts: fc.uniqueArray(fc.constantFrom(...FACTS), { minLength: 1, maxLength: 3 }),
  }),
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
      meanwhile: fc.option(modelVideo),
    }),
  },
);

/** A library and what it should hold. */
class Comparison {
  readonly library: ReadLibrary;
  readonly #model = new LibraryModel();
  /** What the library held when a change was announced last, and everything since: any of it may be shown. */
  #shown: LibraryModel[] = [];

  constructor(library: ReadLibrary) {
    this.library = library;
  }

  async take(step: Step): Promise<void> {
    const { library } = this;
    const { videos, removedRoots } = this.#model;
    const ids = [...videos.keys()];
    switch (step.type) {
      case 'insert':
        this.#write(step.isAnnounced, () => {
          for (const added of step.videos) videos.set(library.insert(added), added);
        });
        return;
      case 'update': {
        const id = ids[step.which % ids.length];
        const before = id === undefined ? undefined : videos.get(id);
        if (id === undefined || !before) return;
        const after = withFacts(before, step.video, step.facts);
        const update = () => library.update(id, after, step.facts);
        if (step.how === 'in vain') library.writeInVain(update);
        else {
          this.#write(step.how === 'announced', () => {
            update();
            videos.set(id, after);
          });
        }
        return;
      }
      case 'delete': {
        const id = ids[step.which % ids.length];
        if (id === undefined) return;
        this.#write(true, () => {
          library.delete(id);
          videos.delete(id);
        });
        return;
      }
      case 'dismiss':
      case 'failAgain': {
        const broken = [...videos].filter(([, { state }]) => state === 'unreadable');
        const [id, before] = broken[step.which % broken.length] ?? [];
        if (id === undefined || !before) return;
        this.#write(true, () => {
          library[step.type](id);
          videos.set(id, { ...before, dismissed: step.type === 'dismiss' });
        });
        return;
      }
      case 'remove':
      case 'restore':
        this.#write(true, () => {
          library.setRemoved(step.root, step.type === 'remove');
          if (step.type === 'remove') removedRoots.add(step.root);
          else removedRoots.delete(step.root);
        });
        return;
      case 'idle':
        library.idle(step.steps);
        return;
      case 'look':
        await this.look(step);
    }
  }

  async look({ query, index, limit, meanwhile }: Look): Promise<void> {
    const { library } = this;
    const model = this.#model;
    const { page, facets } = await library.look(query, index, limit, () => {
      if (!meanwhile) return;
      this.#write(true, () => model.videos.set(library.insert(meanwhile), meanwhile));
    });
    const pages = [model, ...this.#shown].map((shown) => {
      const ids = shown.sortedIds(query);
      return [ids.length, ids.slice(index, index + limit)];
    });
    expect(pages).toContainEqual([page.total, page.videos.map(({ id }) => id)]);
    const expected = model.sortedIds(query);
    expect(await library.keysetIds(query)).toEqual(expected);
    expect(facets.total).toBe(expected.length);
    for (const facet of FACETS) {
      const counted = facets.facets[facet].map(({ value, count }) => [value, count] as const);
      expect([facet, new Map(counted)]).toEqual([facet, countsOf(model, query, facet)]);
    }
  }

  #write(isAnnounced: boolean, work: () => void): void {
    this.#shown = isAnnounced ? [] : [...this.#shown, this.#model.copy()];
    this.library.write(work, isAnnounced);
  }
}

function withFacts(video: ModelVideo, other: ModelVideo, facts: readonly Fact[]): ModelVideo {
  const changed = Object.fromEntries(facts.map((fact) => [fact, other[fact]]));
  const dismissed = facts.includes('state') ? other.dismissed : video.dismissed;
  return { ...video, ...changed, dismissed };
}

function countsOf(model: LibraryModel, query: VideoQuery, facet: Facet): Map<FacetValue, number> {
  const counts = new Map<FacetValue, number>();
  for (const [, video] of model.matching(query, facet)) {
    const value = FACET_OF[facet](video);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

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
          const comparison = new Comparison(library);
          for (const one of steps) await comparison.take(one);
          await comparison.look({ query: EVERYTHING, index: 0, limit: 100, meanwhile: null });
        },
      ),
      { numRuns: 60 },
    );
  });
});
