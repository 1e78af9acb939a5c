import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ClipKind, clipExtension, createClip } from '../../../e2e/fixtures/media-factory';
import { decodersOf, survivors } from '../../../e2e/fixtures/processes';
import type { PlaybackChoice, StreamWish } from '../../shared/playback-protocol';
import { createProber } from '../probe/prober';
import { temporaryFolder } from '../testing/temporary-folder';
import { ffmpegPath, ffprobePath } from '../tools';
import { createPlaybackService } from './playback-service';

const CONTEXT = { signal: new AbortController().signal };

/** A service with one clip in a folder of its own; `play` prepares it and opens streams of it. */
async function setUp(kind: ClipKind, options: { seconds?: number; idleMs?: number } = {}) {
  const rootPath = await temporaryFolder();
  const path = `clip.${clipExtension(kind)}`;
  await createClip(join(rootPath, path), kind, { seconds: options.seconds ?? 2 });
  const prober = createProber({ ffprobePath, concurrency: 1 });
  const service = createPlaybackService({
    ...{ ffmpegPath, prober },
    ...(options.idleMs !== undefined && { idleMs: options.idleMs }),
  });
  onTestFinished(() => {
    service.dispose();
    prober.dispose();
  });
  const { procedures } = service;
  const file = { rootPath, path, pathBytes: null as Uint8Array | null };
  const prepare = (choice: PlaybackChoice = {}) =>
    procedures.preparePlayback({ file, facts: null, choice }, CONTEXT);
  const open = async (wish: StreamWish, choice: PlaybackChoice = {}) => {
    const prepared = await prepare(choice);
    if (prepared.kind === 'unplayable') throw new Error(prepared.reason);
    const { streamId, sizeBytes } = await procedures.openStream(
      { plan: prepared.plan, wish },
      CONTEXT,
    );
    const read = async (position = 0, maxBytes = 65_536) =>
      procedures.readStream({ streamId, position, maxBytes }, CONTEXT);
    return { streamId, sizeBytes, read };
  };
  return { ...{ service, procedures, file, prepare, open }, children: () => decodersOf(rootPath) };
}

/** Everything that a stream still has. */
async function readAll(read: () => Promise<Uint8Array | null>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let part = await read(); part; part = await read()) parts.push(part);
  return Buffer.concat(parts);
}

describe('a file as it is', () => {
  it('is read from any place', async () => {
    const { open, file } = await setUp('mp4-h264-aac');
    const bytes = readFileSync(join(file.rootPath, file.path));
    const { sizeBytes, read } = await open({ kind: 'file' });
    expect(sizeBytes).toBe(bytes.length);
    expect(await read(100, 50)).toEqual(bytes.subarray(100, 150));
    expect(await read(bytes.length - 5, 50)).toEqual(bytes.subarray(-5));
    expect(await read(bytes.length, 50)).toBeNull();
  });

  it('that is gone is told from a folder that is', async () => {
    const { procedures, file, prepare } = await setUp('mp4-silent');
    const facts = null;
    const missing = { ...file, path: 'other.mp4' };
    await expect(
      procedures.preparePlayback({ file: missing, facts, choice: {} }, CONTEXT),
    ).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    file.rootPath += '-away';
    await expect(prepare()).rejects.toMatchObject({ code: 'ROOT_OFFLINE' });
  });

  it('without pictures is refused in words', async () => {
    const { file, prepare } = await setUp('mp4-silent');
    writeFileSync(join(file.rootPath, file.path), 'This is a text.');
    expect(await prepare()).toMatchObject({
      kind: 'unplayable',
      reason: expect.stringMatching(/./),
    });
  });
});

describe('a stream that is made', () => {
  it.each([
    ['mkv-h264-ac3', 'remux'],
    ['avi-mpeg4-mp3', 'transcode'],
  ] as const)('of %s is fragmented MP4 (%s)', async (kind, mode) => {
    const { open, prepare } = await setUp(kind);
    expect(await prepare()).toMatchObject({ playback: { mode } });
    const { sizeBytes, read } = await open({ kind: 'media', fromSeconds: 0 });
    expect(sizeBytes).toBeNull();
    const bytes = await readAll(read);
    expect(bytes.toString('latin1', 4, 8)).toBe('ftyp');
    expect(bytes.includes('moof')).toBe(true);
    expect(await read()).toBeNull();
  });

  it('stands still while nobody reads, and its child ends when it is closed', async () => {
    const { open, procedures, children } = await setUp('avi-mjpeg-pcm', { seconds: 60 });
    const { streamId, read } = await open({ kind: 'media', fromSeconds: 0 });
    expect((await read())?.length).toBeGreaterThan(0);
    expect(children()).toHaveLength(1);
    const waiting = read();
    procedures.closeStream({ streamId }, CONTEXT);
    // What was in the pipe may have come first.
    await waiting.catch((thrown: unknown) => expect(thrown).toMatchObject({ code: 'CANCELLED' }));
    expect(await survivors(children, 5_000)).toEqual([]);
    await expect(read()).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('that nobody reads for long is ended', async () => {
    const { open, children } = await setUp('avi-mjpeg-pcm', { seconds: 60, idleMs: 50 });
    const { read } = await open({ kind: 'media', fromSeconds: 0 });
    expect(children()).toHaveLength(1);
    expect(await survivors(children, 10_000)).toEqual([]);
    await expect(read()).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('that ffmpeg cannot make fails with its words', async () => {
    const { file, prepare, procedures } = await setUp('avi-mpeg4-mp3');
    const prepared = await prepare();
    if (prepared.kind === 'unplayable') throw new Error(prepared.reason);
    writeFileSync(join(file.rootPath, file.path), 'This is a text.');
    const { streamId } = await procedures.openStream(
      { plan: prepared.plan, wish: { kind: 'media', fromSeconds: 0 } },
      CONTEXT,
    );
    await expect(
      procedures.readStream({ streamId, position: 0, maxBytes: 1 }, CONTEXT),
    ).rejects.toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('Invalid data') });
  });
});

it.skipIf(process.platform !== 'linux')('a file whose name is no text plays too', async () => {
  const { file, open } = await setUp('mkv-h264-ac3');
  const pathBytes = Buffer.from([0xff, 0xfe, ...Buffer.from('.mkv')]);
  const bytes = readFileSync(join(file.rootPath, file.path));
  writeFileSync(Buffer.concat([Buffer.from(`${file.rootPath}/`), pathBytes]), bytes);
  Object.assign(file, { path: '\\xFF\\xFE.mkv', pathBytes });
  expect((await open({ kind: 'file' })).sizeBytes).toBe(bytes.length);
  const { read } = await open({ kind: 'media', fromSeconds: 1 });
  expect((await readAll(read)).includes('moof')).toBe(true);
});

describe('subtitles', () => {
  const TEXT = '1\r\n00:00:00,500 --> 00:00:01,500\r\nSch\xf6n \x96 <b>fat</b>\r\n\r\n';

  it('beside the video are read in whatever they were written', async () => {
    const { file, prepare, open } = await setUp('mkv-h264-ac3');
    writeFileSync(join(file.rootPath, 'clip.de.srt'), Buffer.from(TEXT, 'latin1'));
    expect(await prepare()).toMatchObject({
      playback: { subtitleTracks: [{ index: 2, language: 'de', external: true }] },
    });
    const { read } = await open({ kind: 'subtitle', index: 2 });
    const text = (await readAll(read)).toString();
    expect(text).toMatch(/^WEBVTT\n\n00:00\.500 --> 00:01\.500\nSchön – <b>fat<\/b>\n/);
  });

  it('that are not there are refused', async () => {
    const { open } = await setUp('mkv-h264-ac3');
    await expect(open({ kind: 'subtitle', index: 7 })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });
});
