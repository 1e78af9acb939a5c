import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  linkAs,
  ODD_NAMES,
  placeDeepFolders,
  placeLoops,
  placeSpecialFiles,
  RAW_NAMES,
  reachableDeepClips,
} from '../../../e2e/fixtures/hostile/odd-places';
import { createClip } from '../../../e2e/fixtures/media-factory';
import { scanFolder } from '../testing/scan-setup';
import { temporaryFolder } from '../testing/temporary-folder';

describe.skipIf(process.platform !== 'linux')('a scan of odd places', () => {
  it('reads files whatever they are called', async () => {
    const root = await temporaryFolder();
    const clip = join(await temporaryFolder(), 'clip.mp4');
    await createClip(clip, 'mp4-silent');
    for (const name of [...ODD_NAMES, ...RAW_NAMES.map(({ bytes }) => bytes)])
      linkAs(clip, root, name);
    const { memory } = await scanFolder(root);
    const shown = [...ODD_NAMES, ...RAW_NAMES.map((name) => name.shown)];
    expect([...memory.rows.keys()].sort()).toEqual(shown.sort());
    const unread = [...memory.rows.values()].filter(({ outcome }) => outcome?.kind !== 'probed');
    expect(unread.map(({ path, outcome }) => [path, outcome])).toEqual([]);
  });

  it('passes over pipes, sockets, devices and links in circles', async () => {
    const root = await temporaryFolder();
    onTestFinished(await placeSpecialFiles(root));
    placeLoops(root);
    await createClip(join(root, 'a/b/good.mp4'), 'mp4-silent');
    const { memory, progress } = await scanFolder(root);
    expect([...memory.rows.keys()]).toEqual(['a/b/good.mp4']);
    expect(progress.at(-1)).toMatchObject({ done: 1, problems: 0 });
  });

  it('goes as deep as the system lets it, and does not fail of what is deeper', async () => {
    const root = await temporaryFolder();
    const clip = join(root, 'clip.mp4');
    await createClip(clip, 'mp4-silent');
    const remove = placeDeepFolders(root, clip);
    try {
      const { memory } = await scanFolder(root);
      const reachable = reachableDeepClips(root);
      expect(reachable.length).toBeGreaterThan(15);
      expect([...memory.rows.keys()].sort()).toEqual(['clip.mp4', ...reachable].sort());
      for (const row of memory.rows.values()) expect(row.outcome?.kind, row.path).toBe('probed');
      // What lies deeper was not seen: it must not be taken for gone.
      expect(memory.unreadableFolders).toHaveLength(1);
    } finally {
      remove();
    }
  });
});
