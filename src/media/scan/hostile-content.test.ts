import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  garbageAfter,
  randomBytes,
  truncations,
  withComment,
  withTracks,
  writeSparse,
} from '../../../e2e/fixtures/hostile/damaged-clips';
import { withIndexFirst } from '../../../e2e/fixtures/hostile/iso-boxes';
import { makePipe } from '../../../e2e/fixtures/hostile/odd-places';
import {
  loopbackServer,
  referringMovies,
  referringScripts,
} from '../../../e2e/fixtures/hostile/references';
import { type ClipKind, createClip } from '../../../e2e/fixtures/media-factory';
import type { MemorySink } from '../testing/memory-sink';
import { scanFolder, testProber } from '../testing/scan-setup';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { ffprobePath } from '../tools';

async function bytesOf(kind: ClipKind): Promise<Buffer> {
  const path = join(await temporaryFolder(), 'clip');
  await createClip(path, kind);
  return readFile(path);
}

/** `probed`, or the problem's code, of every file that the scan saw. */
function verdicts(memory: MemorySink): Record<string, string | undefined> {
  return Object.fromEntries(
    [...memory.rows.values()].map(({ path, outcome }) => [
      path,
      outcome?.kind === 'unreadable' ? outcome.problem.code : outcome?.kind,
    ]),
  );
}

const TENTHS = [10, 20, 30, 40, 50, 60, 70, 80, 90];
const every = (verdict: string) => Object.fromEntries(TENTHS.map((tenth) => [tenth, verdict]));

describe('a file that was cut off', () => {
  it.each([
    ['mp4', 'mp4-h264-aac', 'at the end', every('DAMAGED')],
    ['mp4', 'mp4-h264-aac', 'first', every('probed')],
    ['mkv', 'mkv-h264-ac3', null, every('probed')],
    ['ts', 'ts-h264-aac', null, every('probed')],
    ['avi', 'avi-mpeg4-mp3', null, { ...every('probed'), 10: 'DAMAGED' }],
  ] as const)(
    'at every tenth is read as far as it goes, or is damaged: %s (%s, index %s)',
    async (extension, kind, index, expected) => {
      const root = await temporaryFolder();
      const clip = await bytesOf(kind);
      const whole = index === 'first' ? withIndexFirst(clip) : clip;
      for (const [percent, bytes] of truncations(whole)) {
        await writeFile(join(root, `${percent}.${extension}`), bytes);
      }
      const { memory } = await scanFolder(root);
      const named = Object.entries(expected).map(([percent, verdict]) => [
        `${percent}.${extension}`,
        verdict,
      ]);
      expect(verdicts(memory)).toEqual(Object.fromEntries(named));
    },
  );
});

describe('a file of nonsense', () => {
  it('is a problem, and those beside it are read', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'good.mp4'), 'mp4-silent');
    const extensions = [
      'mp4',
      'mov',
      'mkv',
      'webm',
      'avi',
      'wmv',
      'flv',
      'mpg',
      'vob',
      'ogv',
      'mxf',
      'dv',
    ];
    for (const [seed, extension] of extensions.entries()) {
      await writeFile(join(root, `noise.${extension}`), randomBytes(40_000, seed + 1));
    }
    const { memory } = await scanFolder(root);
    expect(memory.row('good.mp4').outcome?.kind).toBe('probed');
    for (const extension of extensions) {
      expect(memory.row(`noise.${extension}`).outcome).toMatchObject({
        kind: 'unreadable',
        problem: { code: expect.stringMatching(/^(NOT_MEDIA|DAMAGED)$/) },
      });
    }
  });

  it('behind a real header ends in facts or a problem, whatever the container', async () => {
    const root = await temporaryFolder();
    const kinds = [
      'mp4-h264-aac',
      'mkv-h264-ac3',
      'ts-h264-aac',
      'avi-mpeg4-mp3',
      'flv-h264-aac',
      'wmv-wmv2-wmav2',
      'mpg-mpeg1-mp2',
      'ogv-theora-vorbis',
    ] as const;
    for (const kind of kinds) {
      const clip = await bytesOf(kind);
      for (const header of [16, 200, 1000, 4000]) {
        await writeFile(
          join(root, `${kind} ${header}.${kind.slice(0, kind.indexOf('-'))}`),
          garbageAfter(clip, header),
        );
      }
    }
    const { memory, progress } = await scanFolder(root);
    expect(Object.values(verdicts(memory))).not.toContain(undefined);
    for (const verdict of Object.values(verdicts(memory))) {
      expect(['probed', 'DAMAGED', 'NOT_MEDIA', 'NO_VIDEO_STREAM']).toContain(verdict);
    }
    expect(progress.at(-1)?.done).toBe(memory.rows.size);
  });

  it('of the beginning of a container is damaged, not something else', async () => {
    const root = await temporaryFolder();
    const kinds = [
      'avi-mpeg4-mp3',
      'flv-h264-aac',
      'wmv-wmv2-wmav2',
      'mkv-h264-ac3',
      'mp4-h264-aac',
      'mpg-mpeg1-mp2',
      'ogv-theora-vorbis',
      'mxf-mpeg2-pcm',
    ] as const;
    for (const kind of kinds) {
      await writeFile(
        join(root, `${kind}.${kind.slice(0, 3)}`),
        (await bytesOf(kind)).subarray(0, 40),
      );
    }
    const { memory } = await scanFolder(root);
    expect(new Set(Object.values(verdicts(memory)))).toEqual(new Set(['DAMAGED']));
  });
});

describe('a huge file', () => {
  const SIZE = 5 * 1024 ** 3;

  it('with a real header is read as quickly as a small one; without, it is a problem', async () => {
    const root = await temporaryFolder();
    for (const kind of ['mp4-h264-aac', 'mkv-h264-ac3', 'avi-mpeg4-mp3'] as const) {
      const extension = kind.slice(0, 3);
      writeSparse(join(root, `real.${extension}`), await bytesOf(kind), SIZE);
      writeSparse(join(root, `empty.${extension}`), new Uint8Array(), SIZE);
    }
    // A recorder's file that was made in its full size before it was written.
    writeSparse(join(root, 'empty.mpg'), new Uint8Array(), SIZE);
    const { memory } = await scanFolder(root);
    expect(verdicts(memory)).toEqual({
      'real.mp4': 'probed',
      'real.mkv': 'probed',
      'real.avi': 'probed',
      'empty.mp4': 'DAMAGED',
      'empty.mkv': 'DAMAGED',
      'empty.avi': 'NOT_MEDIA',
      'empty.mpg': 'NOT_MEDIA',
    });
    expect(memory.row('real.mkv').sizeBytes).toBe(SIZE);
  });

  it('that ffprobe reads from end to end is given up in time', async () => {
    const root = await temporaryFolder();
    writeSparse(join(root, 'recording.ts'), await bytesOf('ts-h264-aac'), 40 * SIZE);
    const prober = testProber({ limits: { seconds: 1 } });
    const { memory } = await scanFolder(root, { prober });
    expect(verdicts(memory)).toEqual({ 'recording.ts': 'TIMED_OUT' });
  });
});

describe('a file that describes itself at length', () => {
  it('is read, and little is kept of five megabytes of metadata', async () => {
    const root = await temporaryFolder();
    const clip = await bytesOf('mp4-h264-aac');
    await writeFile(join(root, 'wordy.mp4'), withComment(clip, 'word '.repeat(1_000_000)));
    const { memory } = await scanFolder(root);
    const { outcome } = memory.row('wordy.mp4');
    if (outcome?.kind !== 'probed') throw new Error(JSON.stringify(outcome));
    expect(JSON.stringify(outcome.media).length).toBeLessThan(10_000);
    expect(inflateSync(outcome.deflatedJson).length).toBeGreaterThan(5_000_000);
    expect(outcome.deflatedJson.length).toBeLessThan(100_000);
  });

  it('is a problem once it goes too far, and those beside it are read', async () => {
    const root = await temporaryFolder();
    const clip = await bytesOf('mp4-h264-aac');
    await writeFile(join(root, 'a novel.mp4'), withComment(clip, 'word '.repeat(4_000_000)));
    await writeFile(join(root, 'good.mp4'), clip);
    const { memory } = await scanFolder(root);
    expect(verdicts(memory)).toEqual({ 'a novel.mp4': 'TOO_MUCH_OUTPUT', 'good.mp4': 'probed' });
  });

  it('with 500 streams is read with all of them', async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'many.mp4'), withTracks(await bytesOf('mp4-h264-aac'), 500));
    const { memory } = await scanFolder(root);
    const { outcome } = memory.row('many.mp4');
    if (outcome?.kind !== 'probed') throw new Error(JSON.stringify(outcome));
    expect(outcome.media.streams).toHaveLength(500);
    expect(outcome.media).toMatchObject({ videoCodec: 'h264', width: 160, audioCodec: 'aac' });
  });

  it('with more streams than anything has is a problem', async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'too many.mp4'), withTracks(await bytesOf('mp4-h264-aac'), 3000));
    const { memory } = await scanFolder(root);
    expect(memory.row('too many.mp4').outcome).toMatchObject({
      problem: { code: 'DAMAGED', message: expect.stringContaining('streams') },
    });
  });
});

describe('a file that points elsewhere', () => {
  /** What it points to: a film that its size would betray, and a pipe that whoever opens it waits at for ever. */
  const SECRETS = {
    'a film': (path: string) =>
      createClip(path, 'mp4-h264-aac', { size: { width: 222, height: 144 } }),
    'a pipe': async (path: string) => makePipe(path),
  };

  it.skipIf(process.platform === 'win32').each(['a film', 'a pipe'] as const)(
    'opens neither a file nor a server, and tells nothing of what is there: %s',
    async (kind) => {
      const root = await temporaryFolder();
      const secret = join(await temporaryFolder(), 'secret.mp4');
      await SECRETS[kind](secret);
      const server = await loopbackServer();
      onTestFinished(() => server.close());
      const target = { secret, address: server.address };
      const scripts = referringScripts(target);
      const movies = referringMovies(await bytesOf('mp4-h264-aac'), target);
      await writeTree(root, { ...scripts, ...movies });
      for (const [name, content] of Object.entries(scripts)) {
        await writeFile(join(root, `${name}.ts`), content);
      }

      const { memory } = await scanFolder(root);
      const verdict = verdicts(memory);
      // What is no transport stream is no video by that name.
      expect(Object.keys(verdict).sort()).toEqual(
        [...Object.keys({ ...scripts, ...movies })].sort(),
      );
      for (const name of Object.keys(scripts)) {
        expect(verdict[name], name).toMatch(/^(NOT_MEDIA|DAMAGED)$/);
      }
      // What these tell of their samples is their own; the samples themselves stay closed.
      for (const name of Object.keys(movies)) expect(verdict[name], name).toBe('probed');
      for (const { path, outcome } of memory.rows.values()) {
        const told =
          outcome?.kind === 'probed'
            ? inflateSync(outcome.deflatedJson).toString()
            : JSON.stringify(outcome);
        expect(/"width": 222\b|222x144/.test(told), path).toBe(false);
      }
      expect(server.requests).toEqual([]);
    },
  );

  it('would be followed by an ffprobe that is told to: the films are what they seem', async () => {
    const folder = await temporaryFolder();
    const target = { secret: join(folder, 'secret.mp4'), address: 'http://127.0.0.1:9' };
    await writeTree(folder, referringMovies(await bytesOf('mp4-h264-aac'), target));
    const alias = join(folder, 'alias to a file.mov');
    const { stderr } = await promisify(execFile)(ffprobePath, ['-v', 'warning', `file:${alias}`]);
    expect(stderr).toContain(
      `Skipped opening external track: stream 0, alias: path='${target.secret}'`,
    );
  });
});
