import {
  appendFile,
  copyFile,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { CLIP_KINDS, clipExtension, createClip } from '../../../e2e/fixtures/media-factory';
import { VitrineError } from '../../shared/errors';
import type { FolderPlace } from '../../shared/root-place';
import type { Prober } from '../probe/prober';
import { MemorySink } from '../testing/memory-sink';
import { pretendedVolumes } from '../testing/pretended-volumes';
import { scanFolder, testProber } from '../testing/scan-setup';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { ReadingScans } from './reading-scans';

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

describe('a scan of a slow drive', () => {
  it('reads no more files at a time than it is told', async () => {
    const root = await temporaryFolder();
    for (const name of ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4', 'e.mp4'])
      await createClip(join(root, name), 'mp4-silent');
    const real = testProber({ concurrency: 4 });
    let reading = 0;
    let most = 0;
    const prober: Prober = {
      ...real,
      probe: async (source, signal) => {
        most = Math.max(most, ++reading);
        const answer = await real.probe(source, signal);
        reading--;
        return answer;
      },
    };
    const { memory } = await scanFolder(root, { prober, probes: 2 });
    expect(memory.rows.size).toBe(5);
    expect(most).toBe(2);
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
  it('looks again at a file that was written to while it was read', async () => {
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
    const { size } = await stat(join(root, 'growing.mp4'));
    expect(memory.row('growing.mp4').sizeBytes).toBe(size);
  });

  it('reads a file that is copied in pieces once it is whole, and never says that it is broken', async () => {
    const root = await temporaryFolder();
    const whole = join(await temporaryFolder(), 'whole.mp4');
    await createClip(whole, 'mp4-silent', { seconds: 3 });
    const content = await readFile(whole);
    const pieces = Array.from({ length: 5 }, (_value, piece) =>
      content.subarray((piece * content.length) / 5, ((piece + 1) * content.length) / 5),
    );
    await writeFile(join(root, 'copy.mp4'), pieces.shift() ?? '');
    const memory = new MemorySink();
    const written: unknown[] = [];
    memory.onCall = (name) => {
      if (name === 'writeProbes') written.push(pieces.length);
    };
    const prober = observed(testProber(), async (name) => {
      const piece = pieces.shift();
      if (piece) await appendFile(join(root, name), piece);
    });
    await scanFolder(root, { memory, prober });
    expect(memory.row('copy.mp4')).toMatchObject({
      sizeBytes: content.length,
      outcome: { kind: 'probed', media: { durationUs: 3_000_000 } },
    });
    expect(written).toEqual([0]);
  });

  it('leaves a file that never comes to rest to a later scan', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'growing.mp4'), 'mp4-silent');
    const prober = observed(testProber(), (name) => appendFile(join(root, name), 'more'));
    const settling = { readableMs: 0, unreadableMs: 0, patienceMs: 0 };
    const { memory, progress } = await scanFolder(root, { prober, settling });
    expect(memory.row('growing.mp4').outcome).toBeNull();
    expect(memory.unsettled).toEqual(['growing.mp4']);
    expect(progress.at(-1)).toMatchObject({ done: 1, total: 1, problems: 0 });
    await scanFolder(root, { memory });
    expect(memory.row('growing.mp4').outcome?.kind).toBe('probed');
  });

  it('keeps back what it read of a file that was written a moment ago', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'new.mp4'), 'mp4-silent');
    await createClip(join(root, 'old.mp4'), 'mp4-silent');
    await utimes(join(root, 'old.mp4'), 0, 0);
    const settling = { readableMs: 3_600_000, unreadableMs: 3_600_000, patienceMs: 0 };
    const { memory } = await scanFolder(root, { settling });
    expect(memory.unsettled).toEqual(['new.mp4']);
    expect(memory.row('old.mp4').outcome?.kind).toBe('probed');
  });

  it('counts as reading until it only waits for files, and not when it is over', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'new.mp4'), 'mp4-silent');
    const scans = new ReadingScans(Date.now);
    const settling = { readableMs: 3_600_000, unreadableMs: 0, patienceMs: 3_600_000 };
    const cancel = new AbortController();
    const counted: boolean[] = [];
    const prober = observed(testProber(), async () => void counted.push(scans.any));
    const scan = scanFolder(root, { prober, settling, scans, signal: cancel.signal });
    const ended = expect(scan).rejects.toMatchObject({ code: 'CANCELLED' });
    await vi.waitFor(() => expect(counted).toEqual([true]));
    await vi.waitFor(() => expect(scans.any).toBe(false));
    cancel.abort();
    await ended;
    await scanFolder(root, { scans });
    expect(scans.any).toBe(false);
  });

  it('ends at once when it is cancelled while it waits for a file', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'new.mp4'), 'mp4-silent');
    const settling = { readableMs: 3_600_000, unreadableMs: 0, patienceMs: 3_600_000 };
    const cancel = new AbortController();
    const prober = observed(testProber(), async () => void setImmediate(() => cancel.abort()));
    const scan = scanFolder(root, { prober, settling, signal: cancel.signal });
    await expect(scan).rejects.toMatchObject({ code: 'CANCELLED' });
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

describe('a file that may kill the process', () => {
  it('is announced, read while nothing else is, and reported before anything else is read', async () => {
    const root = await temporaryFolder();
    const names = ['a.mp4', 'b.mp4', 'suspect.mp4', 'y.mp4', 'z.mp4'];
    for (const name of names) await createClip(join(root, name), 'mp4-silent');
    const memory = new MemorySink();
    memory.suspects.add('suspect.mp4');
    const events: string[] = [];
    memory.onCall = (name) => void events.push(name);
    const real = testProber({ concurrency: 3 });
    const prober: Prober = {
      ...real,
      probe: async (source, signal) => {
        events.push(`+ ${source.name}`);
        const answer = await real.probe(source, signal);
        events.push(`- ${source.name}`);
        return answer;
      },
    };
    await scanFolder(root, { memory, prober });
    const announced = events.indexOf('probeAlone');
    const reported = events.indexOf('writeProbes', events.indexOf('- suspect.mp4'));
    const readings = (part: string[]) => part.filter((event) => /^[+-]/.test(event));
    expect(readings(events.slice(announced, reported))).toEqual(['+ suspect.mp4', '- suspect.mp4']);
    const before = readings(events.slice(0, announced));
    expect(before.filter((event) => event.startsWith('+'))).toHaveLength(before.length / 2);
    expect(memory.calls.filter((name) => name === 'probeAlone')).toHaveLength(1);
    for (const name of names) expect(memory.row(name).outcome?.kind).toBe('probed');
  });

  it('is looked at twice at once when it is written to, not at the end', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'growing.mp4'), 'mp4-silent');
    const memory = new MemorySink();
    memory.suspects.add('growing.mp4');
    let probes = 0;
    const prober = observed(testProber(), async (name) => {
      if (probes++ === 0) await appendFile(join(root, name), 'more');
    });
    await scanFolder(root, { memory, prober });
    expect(probes).toBe(2);
    expect(memory.calls.filter((name) => name === 'writeProbes')).toHaveLength(1);
  });
});

describe('a file that the person wants read again', () => {
  it('is read by the scan that was about to end', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'a.mp4'), 'mp4-silent');
    await createClip(join(root, 'b.mp4'), 'mp4-silent');
    const memory = new MemorySink();
    memory.onCall = (name) => {
      if (name !== 'finishScan') return;
      memory.onCall = () => undefined;
      memory.probeAgain('a.mp4');
    };
    const probed: string[] = [];
    const prober = observed(testProber(), async (name) => void probed.push(name));
    const { progress } = await scanFolder(root, { memory, prober });
    expect(probed.sort()).toEqual(['a.mp4', 'a.mp4', 'b.mp4']);
    expect(memory.calls.filter((name) => name === 'finishScan')).toHaveLength(2);
    expect(progress.at(-1)).toMatchObject({ phase: 'finishing', done: 2, total: 2 });
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
    expect(memory.calls).toContain('finishListing');
    expect(memory.calls.at(-1)).toBe('finishScan');
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

describe('the two levels', () => {
  it('show what headers tell before any probe tells more, and agree with the probes', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'a.mp4'), 'mp4-h264-aac');
    await createClip(join(root, 'b.mkv'), 'mkv-h264-ac3');
    const memory = new MemorySink();
    let quickAtFirstReport = -1;
    memory.onCall = (name) => {
      if (name !== 'writeProbes' || quickAtFirstReport >= 0) return;
      quickAtFirstReport = [...memory.rows.values()].filter(({ facts }) => facts !== null).length;
    };
    const { progress } = await scanFolder(root, { memory });
    expect(quickAtFirstReport).toBe(2);
    expect(progress.at(-1)?.quick).toEqual({ discovered: 2, done: 2 });
    for (const { facts, outcome } of memory.rows.values()) {
      if (outcome?.kind !== 'probed' || !facts) throw new Error('A level is missing.');
      const known = Object.entries(facts).filter(([, value]) => value !== null);
      expect(known.length).toBeGreaterThan(8);
      expect(outcome.media).toMatchObject(Object.fromEntries(known));
    }
  });
});
