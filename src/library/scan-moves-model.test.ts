import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../shared/job';
import type { ClaimedScan } from '../shared/library-protocol';
import type { VideoDetail } from '../shared/media';
import { EVERYTHING } from '../shared/video-query';
import { Death, MemoryLibrary } from './testing/memory-library';
import { claimScan, type Disk, scanSteps } from './testing/scan-fixture';

const ROOTS = ['/one', '/two'] as const;
type Root = (typeof ROOTS)[number];
type Disks = Record<Root, Disk>;
type Process = ReturnType<MemoryLibrary['process']>;

/** Some of the contents have the same size, as recordings of a fixed length do. */
const file = fc.integer({ min: 0, max: 5 }).map((content) => ({
  content: `content ${content}`,
  sizeBytes: 100 + (content % 3),
  mtimeMs: 1_000 + content,
}));
const path = fc.constantFrom('a.mp4', 'b.mp4', 'x/a.mp4', 'x/b.mp4', 'y/c.mp4', 'y/a.mp4');
const disk = fc.dictionary(path, file, { minKeys: 1, maxKeys: 5 });
const disks = fc.record({ '/one': disk, '/two': disk });

const program = fc.record({
  before: disks,
  after: disks,
  order: fc.constantFrom<Root[]>(['/one', '/two'], ['/two', '/one']),
  /** Videos of which something is said, by their position among all. */
  said: fc.uniqueArray(fc.integer({ min: 0, max: 9 })),
  /** How far the scans get, of all that they write, before the process dies. */
  death: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});
type Program = typeof program extends fc.Arbitrary<infer T> ? T : never;

describe('whatever was moved, copied, swapped, edited or deleted between two scans of two roots', () => {
  it('every file is one video, nothing that was said is lost, and scans that were killed end as undisturbed ones', async () => {
    await fc.assert(
      fc.asyncProperty(program, async (scenario) => {
        const { before, after, said, death } = scenario;
        const undisturbed = await play(scenario, Number.POSITIVE_INFINITY);
        const disturbed = await play(scenario, Math.floor(death * undisturbed.writes));
        expect(disturbed.deaths).toBe(1);
        expect(disturbed.results).toEqual(undisturbed.results);
        expect(disturbed.videos).toEqual(undisturbed.videos);
        expectOneVideoAFile(undisturbed.videos, after);
        const tags = undisturbed.videos.flatMap((video) => video.tags).sort();
        const expected = said.flatMap((index) => undisturbed.old[index] ?? []).map(tagOf);
        expect(tags).toEqual(expected.sort());
        expectRightContents(undisturbed.videos, undisturbed.old, before, after);
      }),
      { numRuns: 200 },
    );
  }, 600_000);
});

/** Scans both roots twice; the process dies after so many writes of the second time, and another one goes on. */
async function play({ before, after, order, said }: Program, diesAfter: number) {
  const memory = new MemoryLibrary();
  let process = memory.process();
  for (const root of ROOTS) await scan(process, await claimScan(process as never, root), before);
  const old = await allVideos(process);
  for (const index of said) {
    const video = old[index];
    if (video) say(memory, video.id, tagOf(video));
  }
  const results: Partial<ScanResult>[] = [];
  let deaths = 0;
  const start = memory.writes;
  memory.diesAfter = start + diesAfter;
  for (const root of order) {
    let claimed = await claimScan(process as never, root, { acceptMissing: true });
    for (;;) {
      try {
        const { elapsedMs: _, ...counts } = await scan(process, claimed, after);
        results.push(counts);
        break;
      } catch (thrown) {
        if (!(thrown instanceof Death)) throw thrown;
        deaths++;
        memory.diesAfter = Number.POSITIVE_INFINITY;
        process = memory.process();
        await process.library.call('recoverJobs', null);
        claimed = await claimScan(process as never, root, { acceptMissing: true });
      }
    }
  }
  const videos = (await allVideos(process)).map(comparable);
  // Hundreds of them would be kept until the garbage is collected.
  memory.database.close();
  return { results, videos, old, deaths, writes: memory.writes - start };
}

/** A run of a scan. Every file is unreadable, which is as good as any other outcome and says whether it was read. */
async function scan(process: Process, claimed: ClaimedScan, disks: Disks): Promise<ScanResult> {
  const steps = scanSteps(process as never, claimed, { roots: disks });
  await steps.begin();
  await steps.reconcile(disks[claimed.rootPath as Root]);
  await steps.finishListing();
  await steps.probeAll(() => ({ kind: 'unreadable', problem: PROBLEM }));
  const result = await steps.finish();
  if (!result) throw new Error('Files were to be probed again.');
  return result;
}

const PROBLEM = {
  stage: 'probe',
  code: 'DAMAGED',
  message: 'Cut off',
  toolOutput: null,
  occurredAt: 1,
} as const;

function tagOf({ id }: VideoDetail): string {
  return `said of ${id}`;
}

function say({ database }: MemoryLibrary, videoId: number, tag: string): void {
  database.prepare('INSERT INTO tags (name, name_key) VALUES (?, ?)').run(tag, tag);
  database
    .prepare('INSERT INTO video_tags SELECT ?, id FROM tags WHERE name_key = ?')
    .run(videoId, tag);
}

async function allVideos({ library }: Process): Promise<VideoDetail[]> {
  const page = await library.call('scanVideos', { query: EVERYTHING, after: null, limit: 100 });
  const details = page.videos.map(({ id }) => library.call('getVideo', { id }));
  return (await Promise.all(details)).sort((left, right) => left.id - right.id);
}

interface ComparableVideo {
  path: string;
  state: string;
  tags: string[];
  sizeBytes: number;
  mtimeMs: number;
  copies: string[];
}

/** What has to be the same after undisturbed and after killed scans: all but the numbers of new rows. */
function comparable({
  path,
  state,
  tags,
  sizeBytes,
  mtimeMs,
  copies,
}: VideoDetail): ComparableVideo {
  return { path, state, tags, sizeBytes, mtimeMs, copies: copies.map((copy) => copy.path).sort() };
}

function expectOneVideoAFile(videos: readonly ComparableVideo[], disks: Disks): void {
  const present = videos.filter(({ state }) => state !== 'missing').map((video) => video.path);
  const files = ROOTS.flatMap((root) => Object.keys(disks[root]).map((name) => `${root}/${name}`));
  expect(present.sort()).toEqual(files.sort());
}

/** What was said of a video is never found at a file of another content, unless the file was edited in its place. */
function expectRightContents(
  videos: readonly ComparableVideo[],
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
      const origin = old.find((video) => tag === tagOf(video))?.path ?? '';
      const isEdited = origin === place;
      expect(isEdited || contentAt(after, place) === contentAt(before, origin)).toBe(true);
    }
  }
}
