import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Death, MemoryLibrary } from './testing/memory-library';
import { claimScan, NOT_MEDIA, scanSteps } from './testing/scan-fixture';

const ROOTS = ['/one', '/two'] as const;
type Root = (typeof ROOTS)[number];
type Process = ReturnType<MemoryLibrary['process']>;

/** Few contents and inodes, so that files look like each other; empty ones, and some that were touched. */
const file = fc
  .record({
    content: fc.integer({ min: 0, max: 5 }),
    copy: fc.integer({ min: 0, max: 2 }),
    touched: fc.boolean(),
  })
  .map(({ content, copy, touched }) => ({
    content: content === 5 ? '' : `content ${content}`,
    sizeBytes: 100 + (content % 3),
    mtimeMs: 1_000 + content + (touched ? 50 : 0),
    inode: 1 + content * 10 + copy,
  }));
const path = fc.constantFrom(
  ...['a.mp4', 'A.mp4', 'b.mp4', 'x/a.mp4', 'x/\u00e9.mp4', 'x/e\u0301.mp4', 'y/c.mp4', 'y/a.mp4'],
);
const disk = fc.dictionary(path, file, { maxKeys: 5 });
const positions = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 3 });

const generation = fc.record({
  disks: fc.record({ '/one': disk, '/two': disk }),
  /** Which of the two scans goes on next, over and over. */
  turns: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  acceptMissing: fc.boolean(),
  /** Whether a folder of both roots cannot be listed. */
  unlisted: fc.boolean(),
  /** Videos of which something is said afterwards, by their position among all. */
  said: positions,
  /** After so many writes the process dies. */
  death: fc.option(fc.nat({ max: 40 })),
});
type Generation = typeof generation extends fc.Arbitrary<infer T> ? T : never;

it('two roots that are scanned at once lose no file and nothing that was said of one', async () => {
  const program = fc.array(generation, { minLength: 2, maxLength: 4 });
  await fc.assert(fc.asyncProperty(program, play), { numRuns: 150 });
}, 600_000);

async function play(generations: readonly Generation[]): Promise<void> {
  const memory = new MemoryLibrary();
  const said: string[] = [];
  try {
    for (const one of generations) {
      await scanBoth(memory, one);
      expectEveryFile(memory, one);
      expect(tagsOf(memory)).toEqual(said.toSorted());
      expect(memory.database.pragma('foreign_key_check')).toEqual([]);
      for (const position of one.said) {
        const video = videosOf(memory)[position];
        if (video) said.push(say(memory, video.id, `said ${said.length}`));
      }
    }
  } finally {
    // Hundreds of them would be kept until the garbage is collected.
    memory.database.close();
  }
}

/** To their ends; where the process dies, another one begins both scans anew. */
async function scanBoth(memory: MemoryLibrary, one: Generation): Promise<void> {
  memory.diesAfter = one.death === null ? Number.POSITIVE_INFINITY : memory.writes + one.death;
  try {
    await interleave(memory.process(), one);
  } catch (thrown) {
    if (!(thrown instanceof Death)) throw thrown;
    memory.diesAfter = Number.POSITIVE_INFINITY;
    const process = memory.process();
    await process.library.call('recoverJobs', null);
    await interleave(process, one);
  }
  memory.diesAfter = Number.POSITIVE_INFINITY;
}

async function interleave(process: Process, one: Generation): Promise<void> {
  const scans = ROOTS.map((root) => scan(process, root, one));
  // One after the other: a claim takes the oldest job.
  for (const each of scans) await each.next();
  for (let turn = 0; scans.length > 0; turn += 1) {
    const index = one.turns[turn % one.turns.length] ? 0 : scans.length - 1;
    if ((await scans[index]?.next())?.done) scans.splice(index, 1);
  }
}

/** A scan that stops after every step. Every file is unreadable, which is as good as any other outcome. */
async function* scan(process: Process, asked: Root, one: Generation): AsyncGenerator<void, void> {
  const { disks, acceptMissing, unlisted } = one;
  const claimed = await claimScan(process as never, asked, acceptMissing ? { acceptMissing } : {});
  // A scan of the other one that a death has put back into the queue goes first.
  const root = claimed.rootPath as Root;
  const steps = scanSteps(process as never, claimed, { roots: disks });
  await steps.begin();
  yield;
  const entries = Object.entries(disks[root]);
  const half = Math.ceil(entries.length / 2);
  for (const part of [entries.slice(0, half), entries.slice(half)]) {
    await steps.reconcile(Object.fromEntries(part));
    yield;
  }
  await steps.compareListing(unlisted ? ['x'] : []);
  yield;
  await steps.settleListing();
  do {
    yield;
    await steps.probeAll(() => ({ kind: 'unreadable', problem: NOT_MEDIA }));
  } while (!(await steps.finish()));
}

/** What a scan may not take for missing stays; where it may, there is nothing but the files. */
function expectEveryFile(memory: MemoryLibrary, { disks, acceptMissing, unlisted }: Generation) {
  const present = videosOf(memory)
    .filter(({ state }) => state !== 'missing')
    .map((video) => video.path);
  const files = ROOTS.flatMap((root) => Object.keys(disks[root]).map((name) => `${root}/${name}`));
  expect(present).toEqual([...new Set(present)]);
  if (acceptMissing && !unlisted) expect(present).toEqual(files.sort());
  else expect(present).toEqual(expect.arrayContaining(files));
}

function videosOf({ database }: MemoryLibrary) {
  const sql = `SELECT v.id, v.state, r.path || iif(f.path = '', '', '/' || f.path) || '/' || v.name AS path
    FROM videos v JOIN folders f ON f.id = v.folder_id JOIN roots r ON r.id = v.root_id`;
  const videos = database.prepare<[], { id: number; state: string; path: string }>(sql).all();
  return videos.sort((left, right) => (left.path < right.path ? -1 : 1));
}

function tagsOf({ database }: MemoryLibrary): string[] {
  const sql = 'SELECT name FROM video_tags JOIN tags ON tags.id = tag_id';
  return database.prepare<[], string>(sql).pluck().all().sort();
}

function say({ database }: MemoryLibrary, videoId: number, tag: string): string {
  database.prepare('INSERT INTO tags (name, name_key) VALUES (?, ?)').run(tag, tag);
  database
    .prepare('INSERT INTO video_tags SELECT ?, id FROM tags WHERE name_key = ?')
    .run(videoId, tag);
  return tag;
}
