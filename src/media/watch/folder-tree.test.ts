import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { chmod, chown, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { videoNames } from '../scan/video-extensions';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { EventFlood } from './event-flood';
import { FolderTree, type FolderTreeOptions } from './folder-tree';

const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;

interface WatchedTree {
  root: string;
  tree: FolderTree;
  /** What was said to have changed; null: anything. */
  changes: Set<string | null>;
  ends: string[];
}

/** A tree that is closed when the test ends; not open yet. */
function treeAt(rootPath: string, options: Partial<FolderTreeOptions> = {}): WatchedTree {
  const changes: WatchedTree['changes'] = new Set();
  const ends: string[] = [];
  const tree = new FolderTree({
    ...{ rootPath, recursive: false, onEvent: () => undefined, ...options },
    names: () => videoNames([]),
    onChange: (path) => changes.add(path),
    onEnd: (reason) => ends.push(reason),
  });
  onTestFinished(() => tree.close());
  return { root: rootPath, tree, changes, ends };
}

/** Watches a new folder with some files in it. */
async function watchedTree(
  files: Record<string, string> = {},
  options: Partial<FolderTreeOptions> = {},
): Promise<WatchedTree> {
  const root = join(await temporaryFolder(), 'films');
  await mkdir(root);
  await writeTree(root, files);
  const watched = treeAt(root, options);
  await watched.tree.open();
  return watched;
}

const told = ({ changes }: WatchedTree, path: string | null) =>
  vi.waitFor(() => expect(changes).toContain(path), { timeout: 30_000, interval: 10 });

const toldAny = ({ changes }: WatchedTree, paths: string[]) =>
  vi.waitFor(() => expect(paths.some((path) => changes.has(path))).toBe(true), {
    timeout: 30_000,
    interval: 10,
  });

/** Everything that happened before has been told once this file has. */
async function nothingMore(watched: WatchedTree): Promise<void> {
  await writeFile(join(watched.root, 'sentinel.mp4'), '');
  await told(watched, 'sentinel.mp4');
  watched.changes.delete('sentinel.mp4');
}

/** The system's watches of this process (Linux). */
function watchCount(): number {
  const folder = '/proc/self/fdinfo';
  const infos = readdirSync(folder).map((name) => {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch {
      return ''; // closed meanwhile
    }
  });
  return infos.join('\n').match(/^inotify /gm)?.length ?? 0;
}

/** Only root may, and not in every container. */
function canMount(): boolean {
  if (!isLinux || !isRoot) return false;
  const trial = ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'];
  try {
    execFileSync('unshare', trial, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

// Node has a recursive watch of its own on Linux, which stands in for those of macOS and Windows.
describe.each([
  { name: 'a watch for each folder', recursive: false },
  { name: 'one watch for the whole tree', recursive: true },
])('with $name', ({ recursive }) => {
  it('tells of a file that is added, written to, renamed and removed', async () => {
    const watched = await watchedTree({ 'trip/old.mp4': 'x' }, { recursive });
    const { root, changes } = watched;
    await writeFile(join(root, 'trip/new.mp4'), '');
    await told(watched, 'trip/new.mp4');
    await nothingMore(watched);
    changes.clear();
    await writeFile(join(root, 'trip/old.mp4'), 'more');
    await told(watched, 'trip/old.mp4');
    await rename(join(root, 'trip/new.mp4'), join(root, 'trip/renamed.mkv'));
    await told(watched, 'trip/renamed.mkv');
    await rm(join(root, 'trip/old.mp4'));
    await nothingMore(watched);
    expect([...changes].sort()).toEqual(['trip/new.mp4', 'trip/old.mp4', 'trip/renamed.mkv']);
  });

  it('says nothing of what a scan would not find', async () => {
    const files = { 'notes.txt': 'x', '.Trash-1000/a.mp4': 'x' };
    const watched = await watchedTree(files, { recursive });
    const { root } = watched;
    await writeFile(join(root, 'notes.txt'), 'more');
    await writeFile(join(root, 'clip.mp4.part'), '');
    await writeFile(join(root, '.clip.mp4.Xy12'), '');
    await writeFile(join(root, '.Trash-1000/a.mp4'), 'more');
    await mkdir(join(root, 'Photos.photoslibrary'));
    await writeFile(join(root, 'Photos.photoslibrary/b.mp4'), '');
    await rm(join(root, 'notes.txt'));
    await nothingMore(watched);
    expect([...watched.changes]).toEqual([]);
  });

  it('tells of folders that come, are renamed and go', async () => {
    const watched = await watchedTree({ 'old/notes.txt': 'x' }, { recursive });
    await rename(join(watched.root, 'old'), join(watched.root, 'new'));
    await told(watched, 'new');
    watched.changes.clear();
    await rm(join(watched.root, 'new'), { recursive: true });
    await told(watched, 'new');
  });
});

describe('a tree', () => {
  it('tells of a download when it gets its name', async () => {
    const watched = await watchedTree({ 'clip.mp4.part': 'x' });
    await rename(join(watched.root, 'clip.mp4.part'), join(watched.root, 'clip.mp4'));
    await told(watched, 'clip.mp4');
  });

  it('tells of a folder that comes with others inside, and then of what happens in them', async () => {
    const watched = await watchedTree();
    const card = join(await temporaryFolder(), 'card');
    await writeTree(card, { 'DCIM/100/a.mp4': 'x' });
    await rename(card, join(watched.root, 'card'));
    await told(watched, 'card');
    await writeFile(join(watched.root, 'card/DCIM/100/b.mp4'), '');
    await told(watched, 'card/DCIM/100/b.mp4');
  });

  it('tells of what happens in folders that were made one inside the other at once', async () => {
    const watched = await watchedTree();
    await mkdir(join(watched.root, 'a/b/c/d'), { recursive: true });
    await told(watched, 'a');
    watched.changes.clear();
    await writeFile(join(watched.root, 'a/b/c/d/clip.mp4'), '');
    // Where the inner folders are only just found, one of them stands for what is in it.
    await toldAny(watched, ['a', 'a/b', 'a/b/c', 'a/b/c/d', 'a/b/c/d/clip.mp4']);
  });

  it('tells of what happens in a renamed folder by its new name', async () => {
    const watched = await watchedTree({ 'old/day 1/a.mp4': 'x' });
    await rename(join(watched.root, 'old'), join(watched.root, 'new'));
    await told(watched, 'new');
    await writeFile(join(watched.root, 'new/day 1/b.mp4'), '');
    await told(watched, 'new/day 1/b.mp4');
    await nothingMore(watched);
    expect([...watched.changes].filter((path) => path?.startsWith('old/'))).toEqual([]);
  });

  it('goes on with a folder that is removed and made again', async () => {
    const watched = await watchedTree({ 'trip/a.mp4': 'x' });
    rmSync(join(watched.root, 'trip'), { recursive: true });
    mkdirSync(join(watched.root, 'trip/day 1'), { recursive: true });
    await told(watched, 'trip');
    await nothingMore(watched);
    await writeFile(join(watched.root, 'trip/day 1/b.mp4'), '');
    await told(watched, 'trip/day 1/b.mp4');
  });

  it('says nothing of a folder that was moved out of it', async () => {
    const watched = await watchedTree({ 'trip/day 1/a.mp4': 'x' });
    const away = join(await temporaryFolder(), 'away');
    await rename(join(watched.root, 'trip'), away);
    await told(watched, 'trip');
    watched.changes.clear();
    await writeFile(join(away, 'day 1/b.mp4'), '');
    await nothingMore(watched);
    expect([...watched.changes]).toEqual([]);
  });

  it('does not follow links to folders, but tells of links to files', async () => {
    const outside = await temporaryFolder();
    await writeTree(outside, { 'trip/a.mp4': 'x' });
    const watched = await watchedTree();
    await symlink(join(outside, 'trip'), join(watched.root, 'linked'));
    await symlink(join(outside, 'trip/a.mp4'), join(watched.root, 'linked.mp4'));
    await told(watched, 'linked.mp4');
    await writeFile(join(outside, 'trip/b.mp4'), '');
    await nothingMore(watched);
    expect([...watched.changes]).toEqual(['linked.mp4']);
  });

  it.skipIf(!isLinux)('knows names that are no text', async () => {
    const watched = await watchedTree();
    const folder = Buffer.concat([Buffer.from(`${watched.root}/caf`), Buffer.from([0xe9])]);
    await mkdir(folder);
    await told(watched, 'caf\\xE9');
    await writeFile(Buffer.concat([folder, Buffer.from('/a.mp4')]), '');
    await told(watched, 'caf\\xE9/a.mp4');
  });

  it.skipIf(!isRoot)('is watched without a folder that may not be read, until it may', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'open/a.mp4': 'x', 'closed/day 1/b.mp4': 'x' });
    await chmod(root, 0o755);
    await chmod(join(root, 'closed'), 0o000);
    await chown(join(root, 'closed'), 65_534, 65_534);
    const watched = treeAt(root);
    process.seteuid?.(65_534); // root may read everything
    try {
      await watched.tree.open();
      await chmod(join(root, 'closed'), 0o755);
      await told(watched, 'closed');
    } finally {
      process.seteuid?.(0);
    }
    await writeFile(join(root, 'closed/day 1/c.mp4'), '');
    await told(watched, 'closed/day 1/c.mp4');
    expect(watched.ends).toEqual([]);
  });
});

describe.skipIf(!isLinux)('the watches of a tree', () => {
  it('are one for each folder that a scan enters, and are given back', async () => {
    const before = watchCount();
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_value, index) => [`trip/clip ${index}.mp4`, 'x']),
    );
    const skipped = { 'node_modules/x/a.mp4': 'x', '.hidden/a.mp4': 'x' };
    const { tree } = await watchedTree({ ...files, ...skipped, 'b/c/d.mp4': 'x' });
    expect(watchCount() - before).toBe(4);
    tree.close();
    expect(watchCount()).toBe(before);
  });

  it('are given back for folders that are gone', async () => {
    const watched = await watchedTree({ 'trip/day 1/a.mp4': 'x' });
    const before = watchCount();
    await mkdir(join(watched.root, 'more/and/more'), { recursive: true });
    await vi.waitFor(() => expect(watchCount()).toBe(before + 3));
    await rm(join(watched.root, 'more'), { recursive: true });
    await rename(join(watched.root, 'trip'), join(await temporaryFolder(), 'away'));
    await vi.waitFor(() => expect(watchCount()).toBe(before - 2));
  });

  it.skipIf(!canMount())(
    'do not go round in a folder that is mounted inside of itself',
    async () => {
      const root = join(await temporaryFolder(), 'films');
      await writeTree(root, { 'a.mp4': 'x', 'loop/b.txt': 'x' });
      execFileSync('mount', ['--bind', root, join(root, 'loop')]);
      onTestFinished(() => void execFileSync('umount', [join(root, 'loop')]));
      const before = watchCount();
      await treeAt(root).tree.open();
      expect(watchCount() - before).toBe(1);
    },
  );
});

describe('the end of a watch', () => {
  it.each([
    ['renamed', (root: string) => rename(root, `${root} 2`)],
    ['removed', (root: string) => rm(root, { recursive: true })],
  ])('comes when the root is %s, and is told once', async (_how, act) => {
    const watched = await watchedTree({ 'trip/a.mp4': 'x' });
    await act(watched.root);
    await vi.waitFor(() => expect(watched.ends).toEqual(['The folder is gone.']));
    expect(await watched.tree.isIntact()).toBe(false);
  });

  it('does not come when another folder of that name goes', async () => {
    const watched = await watchedTree({ 'films/a.mp4': 'x' });
    await rm(join(watched.root, 'films'), { recursive: true });
    await told(watched, 'films');
    await nothingMore(watched);
    expect(watched.ends).toEqual([]);
    expect(await watched.tree.isIntact()).toBe(true);
  });

  it.skipIf(!canMount())('comes when its drive is unmounted', async () => {
    const drive = await temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', 'none', drive]);
    const unmount = () => execFileSync('umount', [drive]);
    try {
      await writeTree(drive, { 'films/trip/a.mp4': 'x' });
      const watched = treeAt(join(drive, 'films'));
      await watched.tree.open();
      unmount();
      await vi.waitFor(() => expect(watched.ends).toEqual(['The folder is gone.']));
    } catch (thrown) {
      unmount();
      throw thrown;
    }
  });

  it('is no watch that cannot begin', async () => {
    const watched = treeAt(join(await temporaryFolder(), 'nothing here'));
    await expect(watched.tree.open()).rejects.toThrow();
    expect(watched.ends).toEqual([]);
  });
});

describe('a loss of events', () => {
  it.skipIf(!isLinux)('is noticed, and what was lost is caught up with', async () => {
    const queueLength = Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8'));
    let resync = () => undefined as unknown;
    const flood = new EventFlood(() => resync());
    const watched = await watchedTree({}, { onEvent: flood.note });
    resync = () => watched.tree.resync();
    // Nobody reads the queue while this runs: what comes when it is full, is dropped by the kernel.
    const file = join(watched.root, 'notes.txt');
    for (let events = 0; events < queueLength; events += 2) {
      writeFileSync(file, '');
      unlinkSync(file);
    }
    mkdirSync(join(watched.root, 'unseen'));
    await told(watched, null);
    await writeFile(join(watched.root, 'unseen/a.mp4'), '');
    await told(watched, 'unseen/a.mp4');
  });
});
