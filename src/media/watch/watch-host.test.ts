import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { MediaApi } from '../../shared/media-protocol';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import type { CoalescerTimes } from './change-coalescer';
import { WatchHost } from './watch-host';

/** Changes are reported in the order in which they happen. */
const AT_ONCE = { settleMs: 0, longestWaitMs: 0, longestWriteMs: 60_000 };

interface Reports {
  roots: number[];
  ends: { rootId: number; reason: string }[];
}

async function watchHost(
  times: CoalescerTimes = AT_ONCE,
): Promise<{ host: WatchHost; root: string; reports: Reports }> {
  const root = join(await temporaryFolder(), 'films');
  await writeTree(root, { 'trip/a.mp4': 'x' });
  const reports: Reports = { roots: [], ends: [] };
  const host = new WatchHost({
    onRootChanged: ({ rootId }) => reports.roots.push(rootId),
    onWatchEnded: (end) => reports.ends.push(end),
    watching: { times },
  });
  onTestFinished(() => host.dispose());
  return { host, root, reports };
}

const signal = new AbortController().signal;
type Watch = MediaApi['procedures']['watchRoot']['request'];
const watch = (host: WatchHost, request: Partial<Watch> & { rootPath: string }) =>
  host.watchRoot({ rootId: 1, extraExtensions: [], ...request }, { signal });
const unwatch = (host: WatchHost, rootId = 1) => host.unwatchRoot({ rootId }, { signal });
const reported = (reports: Reports, count: number) =>
  vi.waitFor(() => expect(reports.roots.length).toBeGreaterThanOrEqual(count));

describe('a watched root', () => {
  it('is reported once for many changes', async () => {
    const times = { settleMs: 300, longestWaitMs: 60_000, longestWriteMs: 60_000 };
    const { host, root, reports } = await watchHost(times);
    expect(await watch(host, { rootPath: root })).toEqual({ state: 'watching', renewed: true });
    const burst = Array.from({ length: 300 }, (_value, index) => `trip/clip ${index}.mp4`);
    await Promise.all(burst.map((name) => writeFile(join(root, name), 'x')));
    await reported(reports, 1);
    // A slow machine may rest in between, but not after every file.
    expect(reports.roots.length).toBeLessThan(30);
  });

  it('is not watched twice, and says so', async () => {
    const { host, root } = await watchHost();
    const both = await Promise.all([
      watch(host, { rootPath: root }),
      watch(host, { rootPath: root }),
    ]);
    expect(both).toEqual(Array(2).fill({ state: 'watching', renewed: true }));
    expect(await watch(host, { rootPath: root })).toEqual({ state: 'watching', renewed: false });
  });

  it('is another one when its folder was replaced', async () => {
    const { host, root, reports } = await watchHost();
    await watch(host, { rootPath: root });
    await rename(root, `${root} 2`);
    await writeTree(root, { 'b.mp4': 'x' });
    await vi.waitFor(() => expect(reports.ends).toHaveLength(1));
    expect(await watch(host, { rootPath: root })).toEqual({ state: 'watching', renewed: true });
    await writeFile(join(root, 'b.mp4'), 'more');
    await reported(reports, 1);
  });

  it('takes another list of file types at once', async () => {
    const { host, root, reports } = await watchHost();
    await watch(host, { rootPath: root });
    await watch(host, { rootPath: root, extraExtensions: ['xyz'] });
    await writeFile(join(root, 'clip.xyz'), 'x');
    await reported(reports, 1);
  });

  it('says when it is gone', async () => {
    const { host, root, reports } = await watchHost();
    await watch(host, { rootPath: root });
    await rm(root, { recursive: true });
    const end = { rootId: 1, reason: 'The folder is gone.' };
    await vi.waitFor(() => expect(reports.ends).toEqual([end]));
    await expect(watch(host, { rootPath: root })).rejects.toMatchObject({ code: 'ROOT_OFFLINE' });
  });

  it('that is a file is none', async () => {
    const { host, root } = await watchHost();
    const rootPath = join(root, 'trip/a.mp4');
    await expect(watch(host, { rootPath })).rejects.toMatchObject({ code: 'PATH_NOT_A_FOLDER' });
  });

  it('is left alone when it is not to be watched any more, also while that begins', async () => {
    const { host, root, reports } = await watchHost();
    const beginning = watch(host, { rootPath: root });
    unwatch(host);
    await expect(beginning).rejects.toMatchObject({ code: 'CANCELLED' });
    await watch(host, { rootPath: root });
    const other = join(root, '..', 'other');
    await mkdir(other);
    await watch(host, { rootId: 2, rootPath: other });
    unwatch(host);
    await writeFile(join(root, 'b.mp4'), 'x');
    await writeFile(join(other, 'c.mp4'), 'x');
    await reported(reports, 1);
    expect(new Set(reports.roots)).toEqual(new Set([2]));
  });
});

describe('a scan of a watched root', () => {
  it('makes changes wait until it has ended', async () => {
    const { host, root, reports } = await watchHost();
    const other = join(root, '..', 'other');
    await mkdir(other);
    await watch(host, { rootPath: root });
    await watch(host, { rootId: 2, rootPath: other });
    const ended = host.scanBegins(1);
    await writeFile(join(root, 'b.mp4'), 'x');
    await writeFile(join(other, 'c.mp4'), 'x');
    await reported(reports, 1);
    await watchedFor(host, root, reports);
    expect(reports.roots).not.toContain(1);
    ended({ stopped: false });
    expect(reports.roots.at(-1)).toBe(1);
  });

  it('is not followed by another one when nothing changed, or when it was stopped', async () => {
    const { host, root, reports } = await watchHost();
    await watch(host, { rootPath: root });
    host.scanBegins(1)({ stopped: false });
    expect(reports.roots).toEqual([]);
    const ended = host.scanBegins(1);
    await writeFile(join(root, 'b.mp4'), 'x');
    await watchedFor(host, root, reports);
    ended({ stopped: true });
    expect(reports.roots).not.toContain(1);
  });

  it('is followed by another one when the watch began after it', async () => {
    const { host, root, reports } = await watchHost();
    const ended = host.scanBegins(1);
    await watch(host, { rootPath: root });
    expect(reports.roots).toEqual([]);
    ended({ stopped: false });
    expect(reports.roots).toEqual([1]);
  });
});

/** Ends when a change that comes after all others was reported, of a second watch on the same folder. */
async function watchedFor(host: WatchHost, root: string, { roots }: Reports): Promise<void> {
  await watch(host, { rootId: 3, rootPath: root });
  await writeFile(join(root, 'sentinel.mp4'), 'x');
  await vi.waitFor(() => expect(roots).toContain(3));
}
