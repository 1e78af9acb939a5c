import { execFile } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cutOff, damageClip } from '../../../e2e/fixtures/damage';
import {
  CLIP_KINDS,
  type ClipKind,
  clipExtension,
  createClip,
} from '../../../e2e/fixtures/media-factory';
import { decodeFile, testDecoder } from '../testing/decoder-setup';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { ffmpegPath } from '../tools';

const run = promisify(execFile);
const INTACT = { outcome: 'intact', damage: [], damageCount: 0 };

async function makeClip(kind: ClipKind, seconds: number): Promise<string> {
  const path = join(await temporaryFolder(), `clip.${clipExtension(kind)}`);
  await createClip(path, kind, { seconds });
  return path;
}

/** The clip once more with its index in front, so that the rest may be missing. */
async function indexFirst(path: string): Promise<string> {
  const target = `${path}.fast.mp4`;
  const copy = ['-v', 'error', '-i', `file:${path}`, '-c', 'copy', '-movflags', '+faststart'];
  await run(ffmpegPath, [...copy, `file:${target}`]);
  return target;
}

async function replaceBytes(path: string, from: string, to: string): Promise<void> {
  const content = await readFile(path, 'latin1');
  expect(content).toContain(from);
  await writeFile(path, content.replaceAll(from, to), 'latin1');
}

describe('a sound file', () => {
  it.each(CLIP_KINDS)('is intact: %s', async (kind) => {
    expect((await decodeFile(await makeClip(kind, 2))).findings).toEqual(INTACT);
  });

  it.each(['ts-h264-aac', 'ts-mpeg2-mp2', 'mpg-mpeg1-mp2'] as const)(
    'is intact when it is a recording that begins in the middle of a programme: %s',
    async (kind) => {
      const path = await makeClip(kind, 20);
      const whole = await readFile(path);
      const packet = kind.startsWith('ts') ? 188 : 2048;
      await writeFile(path, whole.subarray(Math.floor(whole.length / packet / 3) * packet));
      expect((await decodeFile(path)).findings).toEqual(INTACT);
    },
  );

  it('is intact when its last picture stays for long, as in a recording of a screen', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'screen.mp4');
    const frames = "select='lt(n,25)+eq(n,499)'";
    await run(ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25:duration=20'],
      ...['-vf', frames, '-vsync', 'vfr', '-c:v', 'libx264', '-preset', 'ultrafast', path],
    ]);
    const content = await readFile(path);
    expect(content.length).toBeGreaterThan(0);
    expect((await decodeFile(path, { frameCount: 26 })).findings).toEqual(INTACT);
  });

  it('tells how far it is, in seconds of the file', async () => {
    const path = await makeClip('ts-h264-aac', 5);
    const seconds: number[] = [];
    await decodeFile(path, { onProgress: (one) => seconds.push(one) });
    expect([...seconds].sort((one, other) => one - other)).toEqual(seconds);
    expect(seconds.at(-1)).toBeGreaterThan(4.5);
    expect(seconds.at(-1)).toBeLessThanOrEqual(5.1);
  });
});

describe('damage', () => {
  it.each([
    'mp4-h264-aac',
    'mp4-hevc-aac',
    'mkv-h264-ac3',
    'ts-h264-aac',
    'm2ts-h264-ac3',
    'avi-mpeg4-mp3',
    'webm-vp9-opus',
    'webm-vp8-vorbis',
    'mpg-mpeg1-mp2',
    'vob-mpeg2-ac3',
    'wmv-wmv2-wmav2',
    'flv-h264-aac',
    'ogv-theora-vorbis',
    '3gp-h263-amr',
    'mov-prores-pcm',
  ] as const)('is found where it is: %s', async (kind) => {
    const path = await makeClip(kind, 12);
    const at = await damageClip(path, 6);
    const { findings } = await decodeFile(path);
    expect(findings).toMatchObject({ outcome: 'damaged', damageCount: 1 });
    expect(Math.abs((findings.damage[0]?.atSeconds ?? 0) - at)).toBeLessThan(1);
    expect(findings.damage[0]?.message).not.toContain(path);
  });

  it('is found where it is also by several threads', async () => {
    const path = await makeClip('mp4-h264-aac', 12);
    const at = await damageClip(path, 6);
    const { findings } = await decodeFile(path, { decoder: testDecoder({ threads: 4 }) });
    expect(findings.damageCount).toBe(1);
    expect(Math.abs((findings.damage[0]?.atSeconds ?? 0) - at)).toBeLessThan(1);
  });

  it('is told place by place', async () => {
    const path = await makeClip('mp4-h264-aac', 30);
    const places = [await damageClip(path, 4), await damageClip(path, 25)];
    const { findings } = await decodeFile(path);
    expect(findings.damageCount).toBe(2);
    findings.damage.forEach(({ atSeconds }, index) => {
      expect(Math.abs((atSeconds ?? 0) - (places[index] ?? 0))).toBeLessThan(1);
    });
  });

  it('of a stretch is one place with an end', async () => {
    const path = await makeClip('mp4-h264-aac', 12);
    for (let seconds = 4; seconds < 8; seconds += 0.5) await damageClip(path, seconds);
    const { findings } = await decodeFile(path);
    expect(findings.damageCount).toBe(1);
    const { atSeconds = 0, untilSeconds } = findings.damage[0] ?? {};
    expect(Math.abs((atSeconds ?? 0) - 4)).toBeLessThan(1);
    expect(untilSeconds).toBeGreaterThan(7);
    expect(untilSeconds).toBeLessThan(9);
  });

  it.each(['mkv-h264-ac3', 'webm-vp9-opus', 'flv-h264-aac', 'mxf-mpeg2-pcm'] as const)(
    'is a file that was cut off, at its end: %s',
    async (kind) => {
      const path = await makeClip(kind, 20);
      await cutOff(path, 0.5);
      const { findings } = await decodeFile(path);
      expect(findings.outcome).toBe('damaged');
      const last = findings.damage.at(-1);
      expect(last?.message).toMatch(/^Only the first \d+\.\d of 20\.\d seconds can be read\.$/);
      expect(last?.atSeconds).toBeGreaterThan(5);
      expect(last?.atSeconds).toBeLessThan(15);
    },
  );

  it('is an MP4 that was cut off behind its index, also without sound', async () => {
    const path = await indexFirst(await makeClip('mp4-silent', 20));
    await cutOff(path, 0.5);
    const { findings } = await decodeFile(path, { frameCount: 500 });
    expect(findings.outcome).toBe('damaged');
    expect(findings.damage.at(-1)?.message).toContain('Only the first ');
  });
});

describe('a file that cannot be decoded', () => {
  const unreadable = (message: string) => ({
    outcome: 'unreadable',
    damage: [{ atSeconds: null, message }],
    damageCount: 1,
  });

  it('is told with what is the matter', async () => {
    const folder = await temporaryFolder();
    await writeTree(folder, { 'letter.avi': 'Dear Sir or Madam, '.repeat(1000) });
    expect((await decodeFile(join(folder, 'letter.avi'))).findings).toEqual(
      unreadable('The content is not recognised as video.'),
    );
    const cut = await makeClip('mp4-h264-aac', 5);
    await cutOff(cut, 0.5);
    expect((await decodeFile(cut)).findings.damage[0]?.message).toMatch(
      /^The index of the file is/,
    );
  });

  it('has a codec that nobody knows', async () => {
    const path = await makeClip('mp4-silent', 2);
    await replaceBytes(path, 'avc1', 'xvvc');
    expect((await decodeFile(path)).findings).toEqual({
      ...unreadable('There is no decoder for xvvc.'),
      unchecked: ['xvvc'],
    });
  });

  it('is encrypted', async () => {
    const path = await makeClip('mp4-h264-aac', 2);
    await replaceBytes(path, 'avc1', 'encv');
    expect((await decodeFile(path)).findings).toMatchObject(
      unreadable('The content is encrypted.'),
    );
  });

  it('is a list of other files, which are not opened', async () => {
    const path = await makeClip('mp4-h264-aac', 1);
    const list = join(await temporaryFolder(), 'list.mkv');
    await writeFile(list, `ffconcat version 1.0\nfile '${path}'\n`);
    expect((await decodeFile(list)).findings).toEqual(
      unreadable('The content is not video but a kind of file that Vitrine does not open.'),
    );
  });
});

it('leaves out a sound track without a decoder, says so and checks the rest', async () => {
  const path = await makeClip('mov-mjpeg-pcm', 2);
  await replaceBytes(path, 'sowt', 'xowt');
  expect((await decodeFile(path)).findings).toEqual({ ...INTACT, unchecked: ['xowt'] });
});

it('takes names for names, whatever they look like', async () => {
  const path = await makeClip('mkv-h264-ac3', 1);
  const folder = await temporaryFolder();
  for (const name of ['-i.mkv', 'concat:a.mkv', 'a%03d.mkv', 'two\nlines [error].mkv']) {
    await rename(path, join(folder, name));
    expect((await decodeFile(join(folder, name))).findings, name).toEqual(INTACT);
    await rename(join(folder, name), path);
  }
});

it.skipIf(process.platform !== 'linux')('decodes files whose names are no text', async () => {
  const path = await makeClip('ts-h264-aac', 1);
  const folder = await temporaryFolder();
  const bytes = Buffer.concat([
    Buffer.from(`${folder}/`),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('.ts'),
  ]);
  await rename(path, bytes);
  const answer = await decodeFile(join(folder, '\\xFF\\xFE.ts'), { pathBytes: bytes });
  expect(answer.findings).toEqual(INTACT);
});
