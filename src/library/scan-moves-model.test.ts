import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../shared/job';
import type { ClaimedScan } from '../shared/library-protocol';
import type { VideoDetail } from '../shared/media';
import { EVERYTHING } from '../shared/video-query';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';
import { claimScan, type Disk, scanDisk, scanSteps } from './testing/scan-fixture';
import { say } from './testing/user-data-fixture';

const { openLibrary, copyOfCrash } = libraryFixture();

const ROOTS = ['/one', '/two'] as const;
type Root = (typeof ROOTS)[number];
type Disks = Record<Root, Disk>;

/** Some of the contents have the same size, as recordings of a fixed length do. */
const file = fc.integer({ min: 0, max: 5 }).map((content) => ({
  content: `content ${content}`,
  sizeBytes: 100 + (content % 3),
  mtimeMs: 1_000 + content,
}));
const path = fc.constantFrom('a.mp4', 'b.mp4', 'x/a.mp4', 'x/b.mp4', 'y/c.mp4', 'y/a.mp4');
const disk = fc.dictionary(path, file, { minKeys: 1, maxKeys: 5 });
const disks = fc.record({ '/one': disk, '/two': disk });

/** Steps of a scan after which it may be cut off. */
const STEPS = ['begin', 'reconcile', 'compare', 'settle', 'take', 'probe'] as const;

const program = fc.record({
  before: disks,
  after: disks,
  order: fc.constantFrom<Root[]>(['/one', '/two'], ['/two', '/one']),
  /** Videos of which something is said, by their position among all. */
  said: fc.uniqueArray(fc.integer({ min: 0, max: 9 })),
  cutAfter: fc.constantFrom(...STEPS),
  cutScan: fc.integer({ min: 0, max: 1 }),
});

describe('whatever was moved, copied, swapped, edited or deleted between two scans of two roots', () => {
  it('every file is one video, nothing that was said is lost, and an interrupted scan ends as an undisturbed one', async () => {
    await fc.assert(
      fc.asyncProperty(program, async ({ before, after, order, said, cutAfter, cutScan }) => {
        let now = 1_700_000_000_000;
        const library = await openLibrary({ now: () => now++ });
        for (const root of ROOTS) await scanDisk(library, before[root], { path: root });
        const videos = await allVideos(library);
        for (const index of said) {
          const video = videos[index];
          if (video) say(library, video.id, { tags: [`said of ${video.id}`] });
        }
        const other = await openLibrary({ directory: copyOfCrash(library), now: () => now++ });
        const undisturbed = await scanBoth(library, after, order, null);
        const disturbed = await scanBoth(other, after, order, { scan: cutScan, after: cutAfter });

        expect(disturbed.results).toEqual(undisturbed.results);
        expect(disturbed.videos).toEqual(undisturbed.videos);
        expectOneVideoAFile(undisturbed.videos, after);
        const tags = undisturbed.videos.flatMap((video) => video.tags).sort();
        const expected = said
          .flatMap((index) => videos[index] ?? [])
          .map(({ id }) => `said of ${id}`);
        expect(tags).toEqual(expected.sort());
        expectRightContents(undisturbed.videos, videos, before, after);
      }),
      { numRuns: 60 },
    );
  });
});

/** Scans both roots one after the other, one of the scans in two runs with a crash between them. */
async function scanBoth(
  started: TestLibrary,
  disks: Disks,
  order: readonly Root[],
  cut: { scan: number; after: (typeof STEPS)[number] } | null,
) {
  let library = started;
  const results: Partial<ScanResult>[] = [];
  for (const [index, root] of order.entries()) {
    let claimed = await claimScan(library, root, { acceptMissing: true });
    if (cut?.scan === index) {
      await run(library, claimed, disks, cut.after);
      library = await openLibrary({ directory: copyOfCrash(library), now: () => Date.now() });
      await library.library.call('recoverJobs', null);
      const again = await library.library.call('claimJob', { kinds: ['scan'] });
      if (again?.kind !== 'scan') throw new Error('The scan was not claimable.');
      claimed = again;
    }
    const result = await run(library, claimed, disks, null);
    const { elapsedMs: _, ...counts } = result ?? { elapsedMs: 0 };
    results.push(counts);
  }
  return { results, videos: (await allVideos(library)).map(comparable) };
}

/** A run of a scan to its end, or as far as a step. */
async function run(
  library: TestLibrary,
  claimed: ClaimedScan,
  disks: Disks,
  end: (typeof STEPS)[number] | null,
): Promise<ScanResult | null> {
  const steps = scanSteps(library, claimed, { roots: disks });
  const found = disks[claimed.rootPath as Root];
  const actions: Record<(typeof STEPS)[number], () => Promise<unknown>> = {
    begin: () => steps.begin(),
    reconcile: () => steps.reconcile(found),
    compare: () => steps.compareListing(),
    settle: () => steps.settleListing(),
    take: () => steps.take(1),
    probe: () => steps.probeAll(() => ({ kind: 'unreadable', problem: PROBLEM })),
  };
  for (const step of STEPS) {
    // What was handed out to nobody would not be read.
    if (step !== 'take' || end === 'take') await actions[step]();
    if (step === end) return null;
  }
  return steps.finish();
}

const PROBLEM = {
  stage: 'probe',
  code: 'DAMAGED',
  message: 'Cut off',
  toolOutput: null,
  occurredAt: 1,
} as const;

async function allVideos({ library }: TestLibrary): Promise<VideoDetail[]> {
  const page = await library.call('scanVideos', { query: EVERYTHING, after: null, limit: 100 });
  const details = page.videos.map(({ id }) => library.call('getVideo', { id }));
  return (await Promise.all(details)).sort((left, right) => left.id - right.id);
}

/** What has to be the same after an undisturbed and an interrupted scan: all but the numbers of new rows. */
function comparable({ path, state, tags, sizeBytes, mtimeMs, copies }: VideoDetail) {
  return { path, state, tags, sizeBytes, mtimeMs, copies: copies.map((copy) => copy.path).sort() };
}

function expectOneVideoAFile(videos: ReturnType<typeof comparable>[], disks: Disks): void {
  const present = videos.filter(({ state }) => state !== 'missing').map((video) => video.path);
  const files = ROOTS.flatMap((root) => Object.keys(disks[root]).map((name) => `${root}/${name}`));
  expect(present.sort()).toEqual(files.sort());
}

/** What was said of a video is never found at a file of another content, unless the file was edited in its place. */
function expectRightContents(
  videos: ReturnType<typeof comparable>[],
  old: readonly VideoDetail[],
  before: Disks,
  after: Disks,
): void {
  const contentAt = (disks: Disks, place: string) => {
    const root = ROOTS.find((candidate) => place.startsWith(`${candidate}/`));
    return root && disks[root][place.slice(root.length + 1)]?.content;
  };
  for (const { path: place, tags, state } of videos) {
    if (state === 'missing') continue;
    for (const tag of tags) {
      const origin = old.find(({ id }) => tag === `said of ${id}`)?.path ?? '';
      const isEdited = origin === place;
      expect(isEdited || contentAt(after, place) === contentAt(before, origin)).toBe(true);
    }
  }
}
