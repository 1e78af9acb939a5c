import {
  appendFile,
  copyFile,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLIP_KINDS, clipExtension, createClip } from '../../../e2e/fixtures/media-factory';
import { VitrineError } from '../../shared/errors';
import type { FolderPlace } from '../../shared/root-place';
import type { Prober } from '../probe/prober';
import { MemorySink } from '../testing/memory-sink';
import { pretendedVolumes } from '../testing/pretended-volumes';
import { scanFolder, testProber } from '../testing/scan-setup';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';

describe('a scan of real media', () => {
  it.each(CLIP_KINDS)('describes %s as what it is', async (kind) => {
    const root = await temporaryFolder();
    const name = `clip.${clipExtension(kind)}`;
    const facts = await createClip(join(root, name), kind);
    const { memory } = await scanFolder(root);
    expect(memory.row(name).outcome).toMatchObject({ kind: 'probed', media: facts });
  });

  it('opens names that look like options, protocols and patterns', async () => {
    const root = await temporaryFolder();
    const names = [
      '-v.mp4',
      'a:b.mp4',
      "it's.mp4",
      'say "hi".mp4',
      'new\nline.mp4',
      '$(id) %d.mp4',
    ];
    for (const name of names) await createClip(join(root, name), 'mp4-silent');
    const { memory } = await scanFolder(root);
    expect([...memory.rows.keys()].sort()).toEqual(names.sort());
    for (const row of memory.rows.values()) expect(row.outcome?.kind).toBe('probed');
  });

  it.skipIf(process.platform !== 'linux')('opens names that are no text', async () => {
    const root = await temporaryFolder();
    const folder = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9])]);
    await mkdir(folder);
    await createClip(join(root, 'clip.mp4'), 'mp4-silent');
    await rename(join(root, 'clip.mp4'), Buffer.concat([folder, Buffer.from('/clip.mp4')]));
    const { memory } = await scanFolder(root);
    expect(memory.row('caf\\xE9/clip.mp4').outcome).toMatchObject({
      kind: 'probed',
      media: { container: 'mp4', width: 160 },
    });
  });

  it('gives every file that cannot be read a problem that says why', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'whole.mp4'), 'mp4-silent');
    const { size } = await stat(join(root, 'whole.mp4'));
    await writeTree(root, {
      'empty.mp4': '',
      'text.avi': 'This is a letter, not a video. '.repeat(50),
      'cut.mp4': (await readFile(join(root, 'whole.mp4'))).subarray(0, size / 2),
      'script.mkv': "ffconcat version 1.0\nfile 'whole.mp4'\n",
      'playlist.mp4': '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nwhole.mp4\n#EXT-X-ENDLIST\n',
    });
    const { memory, progress } = await scanFolder(root);
    const problem = (name: string) => {
      const { outcome } = memory.row(name);
      return outcome?.kind === 'unreadable' ? outcome.problem.code : outcome?.kind;
    };
    expect(problem('empty.mp4')).toBe('EMPTY_FILE');
    expect(problem('text.avi')).toBe('NOT_MEDIA');
    expect(problem('cut.mp4')).toBe('DAMAGED');
    expect(problem('script.mkv')).toBe('NOT_MEDIA');
    expect(problem('playlist.mp4')).toBe('NOT_MEDIA');
    expect(problem('whole.mp4')).toBe('probed');
    expect(progress.at(-1)).toMatchObject({ problems: 5, done: 6, total: 6 });
    const { outcome } = memory.row('cut.mp4');
    expect(outcome).toMatchObject({
      problem: {
        stage: 'probe',
        toolOutput: expect.stringMatching(/^\[[^\]]*\] moov.*\ncut\.mp4:/),
      },
    });
  });

  it('reports listing, probing and finishing in that order, and only then a total', async () => {
    const root = await temporaryFolder();
    for (const name of ['a.mp4', 'b.mp4', 'c.mp4'])
      await createClip(join(root, name), 'mp4-silent');
    const { progress, memory } = await scanFolder(root);
    const phases = progress.map(({ phase }) => phase);
    expect([...new Set(phases)]).toEqual(['listing', 'probing', 'finishing']);
    for (const { phase, total } of progress) expect(total).toBe(phase === 'listing' ? null : 3);
    expect(progress.at(-1)).toMatchObject({ done: 3, total: 3 });
    expect(memory.calls.at(0)).toBe('beginScan');
    expect(memory.calls.at(-1)).toBe('finishScan');
  });

  it('does not probe again what has not changed, and what changed it does', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'same.mp4'), 'mp4-silent');
    await createClip(join(root, 'other.mp4'), 'mp4-silent');
    const { memory } = await scanFolder(root);
    const before = memory.row('same.mp4').outcome;
    await createClip(join(root, 'other.mp4'), 'mp4-silent', { seconds: 2 });
    await scanFolder(root, { memory });
    expect(memory.row('same.mp4').outcome).toBe(before);
    expect(memory.row('other.mp4').outcome).toMatchObject({ media: { durationUs: 2_000_000 } });
  });
});

describe('the content of files', () => {
  it('is told with what was read of them, also of those that cannot be read', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'clip.mp4'), 'mp4-silent');
    await copyFile(join(root, 'clip.mp4'), join(root, 'copy.mp4'));
    await writeTree(root, { 'text.avi': 'no video', 'empty.mp4': '' });
    const { memory } = await scanFolder(root);
    const hash = (name: string) => memory.row(name).contentHash;
    expect(hash('clip.mp4')).toHaveLength(16);
    expect(hash('copy.mp4')).toEqual(hash('clip.mp4'));
    expect(hash('text.avi')).toHaveLength(16);
    expect(hash('empty.mp4')).toHaveLength(0);
  });

  it('is told without a probe where only that is asked', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'clip.mp4'), 'mp4-silent');
    const { memory } = await scanFolder(root);
    const { videoId, contentHash } = memory.row('clip.mp4');
    memory.toIdentify.push(videoId);
    const refuse = () => Promise.reject(new Error('There is nothing to probe.'));
    const prober = { concurrency: 1, probe: refuse, dispose: () => undefined };
    await scanFolder(root, { memory, prober });
    expect(memory.identified).toEqual(new Map([[videoId, contentHash]]));
  });

  it('is looked at before it is decided what was moved, as the library asks', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'a.mp4': 'some content' });
    const memory = new MemorySink();
    memory.checks = [{ type: 'identity', videoId: 5, path: 'a.mp4', pathBytes: null }];
    await scanFolder(root, { memory });
    expect(memory.answers).toMatchObject([
      { type: 'identity', videoId: 5, identity: { sizeBytes: 12 } },
    ]);
    const order = memory.calls.filter((name) => /Listing|Checks/.test(name));
    expect(order).toEqual(['compareListing', 'answerChecks', 'finishListing']);
  });
});

describe('files that change during a scan', () => {
  it('looks again, at the end, at a file that was written to while it was read', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'growing.mp4'), 'mp4-silent');
    await createClip(join(root, 'still.mp4'), 'mp4-silent');
    const probed: string[] = [];
    const prober = observed(testProber({ concurrency: 1 }), async (name) => {
      probed.push(name);
      const isFirst = probed.filter((one) => one === 'growing.mp4').length === 1;
      if (name === 'growing.mp4' && isFirst) await appendFile(join(root, name), 'more');
    });
    const { memory } = await scanFolder(root, { prober });
    expect(probed.filter((name) => name === 'growing.mp4')).toHaveLength(2);
    expect(probed.at(-1)).toBe('growing.mp4');
    const { size } = await stat(join(root, 'growing.mp4'));
    expect(memory.row('growing.mp4').sizeBytes).toBe(size);
  });

  it('keeps the size from before where a file never comes to rest', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'growing.mp4'), 'mp4-silent');
    const prober = observed(testProber(), (name) => appendFile(join(root, name), 'more'));
    const { memory } = await scanFolder(root, { prober });
    const { size } = await stat(join(root, 'growing.mp4'));
    expect(memory.row('growing.mp4')).toMatchObject({ sizeBytes: size - 4, contentHash: null });
    expect(memory.row('growing.mp4').outcome?.kind).toBe('probed');
  });

  it('says of a file that vanished before its turn that it is gone', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'short-lived.mp4'), 'mp4-silent');
    const memory = new MemorySink();
    memory.onCall = async (name) => {
      // Probing asks for tasks from the start on; the file goes when it has been listed.
      const isListed = memory.rows.has('short-lived.mp4');
      if (name === 'takeProbeTasks' && isListed)
        await rm(join(root, 'short-lived.mp4'), { force: true });
    };
    const { progress } = await scanFolder(root, { memory });
    expect(memory.row('short-lived.mp4').outcome).toBeNull();
    expect(progress.at(-1)).toMatchObject({ done: 1, total: 1, problems: 0 });
  });
});

describe('a root that is not there', () => {
  it('is offline when its path does not exist', async () => {
    const root = join(await temporaryFolder(), 'unplugged');
    const memory = new MemorySink();
    await expect(scanFolder(root, { memory })).rejects.toMatchObject({ code: 'ROOT_OFFLINE' });
    expect(memory.calls).not.toContain('finishListing');
  });

  it('is no folder when it is a file', async () => {
    const root = join(await temporaryFolder(), 'file.mp4');
    await writeFile(root, 'x');
    await expect(scanFolder(root)).rejects.toMatchObject({ code: 'PATH_NOT_A_FOLDER' });
  });

  it('is offline when it goes away while files are probed', async () => {
    const root = join(await temporaryFolder(), 'drive');
    await mkdir(root);
    await createClip(join(root, 'a.mp4'), 'mp4-silent');
    const memory = new MemorySink();
    memory.onCall = async (name) => {
      if (name === 'reconcile') await rename(root, `${root}-unplugged`);
    };
    await expect(scanFolder(root, { memory })).rejects.toMatchObject({ code: 'ROOT_OFFLINE' });
    expect(memory.calls).not.toContain('finishListing');
    expect(memory.row('a.mp4').missing).toBe(false);
  });

  it('is offline when it had videos, is empty now, and its drive is another', async () => {
    const root = join(await temporaryFolder(), 'mount-point');
    await mkdir(root);
    const memory = await knowing(root);
    memory.place = { ...knownPlace(memory), device: -1 };
    await expect(scanFolder(root, { memory })).rejects.toMatchObject({ code: 'ROOT_OFFLINE' });
    expect(memory.row('a.mp4').missing).toBe(false);
  });

  it('is listed when it is empty and its drive is the same: what that means the library decides', async () => {
    const root = join(await temporaryFolder(), 'emptied');
    await mkdir(root);
    const memory = await knowing(root);
    await scanFolder(root, { memory });
    expect(memory.calls.slice(-3)).toEqual(['finishListing', 'takeProbeTasks', 'finishScan']);
  });

  it('is scanned where its drive is mounted now', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'usb'));
    await createClip(join(folder, 'usb/a.mp4'), 'mp4-silent');
    const mounts = [{ mountPoint: join(folder, 'usb'), uuid: 'a' }];
    const volumes = pretendedVolumes(mounts);
    const { memory } = await scanFolder(join(folder, 'usb'), { volumes });
    const before = memory.row('a.mp4').outcome;

    await rename(join(folder, 'usb'), join(folder, 'usb1'));
    mounts[0] = { mountPoint: join(folder, 'usb1'), uuid: 'a' };
    await scanFolder(join(folder, 'usb'), { memory, volumes });
    expect(memory.rootPath).toBe(join(folder, 'usb1'));
    expect(memory.row('a.mp4')).toMatchObject({ outcome: before, missing: false });
  });

  it('ends well when it is empty from the beginning', async () => {
    const { memory, progress } = await scanFolder(await temporaryFolder());
    expect(memory.calls.at(-1)).toBe('finishScan');
    expect(progress.at(-1)).toMatchObject({ done: 0, total: 0 });
  });
});

describe('a sink that refuses', () => {
  it.each(['reconcile', 'takeProbeTasks', 'finishListing', 'writeProbes', 'finishScan'] as const)(
    'in %s ends the scan with its own error, and is not called again',
    async (refused) => {
      const root = await temporaryFolder();
      await createClip(join(root, 'a.mp4'), 'mp4-silent');
      const memory = new MemorySink();
      memory.onCall = (name) => {
        if (name === refused) throw new VitrineError('STALE_RUN', 'Another run took over.');
      };
      await expect(scanFolder(root, { memory })).rejects.toMatchObject({ code: 'STALE_RUN' });
      const calls = memory.calls.length;
      await new Promise(setImmediate);
      expect(memory.calls).toHaveLength(calls);
      expect(memory.calls.filter((name) => name === refused)).toHaveLength(1);
    },
  );
});

function knownPlace({ place }: MemorySink): FolderPlace {
  if (!place) throw new Error('The root was not placed.');
  return place;
}

/** A sink that knows one video of a root in which there is none any more. */
async function knowing(root: string): Promise<MemorySink> {
  await createClip(join(root, 'a.mp4'), 'mp4-silent');
  const { memory } = await scanFolder(root);
  await rm(join(root, 'a.mp4'));
  return memory;
}

/** A prober that does something after each real probe, before its answer is used. */
function observed(prober: Prober, afterProbe: (name: string) => Promise<void>): Prober {
  return {
    concurrency: prober.concurrency,
    dispose: () => prober.dispose(),
    probe: async (source, signal) => {
      const answer = await prober.probe(source, signal);
      await afterProbe(source.name);
      return answer;
    },
  };
}
