import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ClipKind, clipExtension, createClip } from '../../../e2e/fixtures/media-factory';
import { survivors } from '../../../e2e/fixtures/processes';
import { temporaryFolder } from '../testing/temporary-folder';
import { playedFile } from './testing/playback-setup';

/** A clip in a folder of its own, with the service that plays it. */
async function clip(kind: ClipKind, options: { seconds?: number; idleMs?: number } = {}) {
  const folder = await temporaryFolder();
  const name = `clip.${clipExtension(kind)}`;
  const path = join(folder, name);
  await createClip(path, kind, { seconds: options.seconds ?? 2 });
  return { path, ...playedFile(folder, name, options.idleMs) };
}

describe('a file as it is', () => {
  it('is read from any place', async () => {
    const { open, path } = await clip('mp4-h264-aac');
    const bytes = readFileSync(path);
    const { sizeBytes, read } = await open({ kind: 'file' });
    expect(sizeBytes).toBe(bytes.length);
    expect(await read(100, 50)).toEqual(bytes.subarray(100, 150));
    expect(await read(bytes.length - 5, 50)).toEqual(bytes.subarray(-5));
    expect(await read(bytes.length, 50)).toBeNull();
  });

  it('that is gone is told from a folder that is', async () => {
    const { file, prepare } = await clip('mp4-silent');
    file.path = 'other.mp4';
    await expect(prepare()).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    file.rootPath += '-away';
    await expect(prepare()).rejects.toMatchObject({ code: 'ROOT_OFFLINE' });
  });

  it('without pictures is refused in words', async () => {
    const { path, prepare } = await clip('mp4-silent');
    writeFileSync(path, 'This is a text.');
    expect(await prepare()).toMatchObject({
      ...{ kind: 'unplayable', reason: expect.stringMatching(/./) },
    });
  });
});

describe('a stream that is made', () => {
  it.each([
    ['mkv-h264-ac3', 'remux'],
    ['avi-mpeg4-mp3', 'transcode'],
  ] as const)('of %s is fragmented MP4 (%s)', async (kind, mode) => {
    const { open, prepare } = await clip(kind);
    expect(await prepare()).toMatchObject({ playback: { mode } });
    const { sizeBytes, read, readAll } = await open({ kind: 'media', fromSeconds: 0 });
    expect(sizeBytes).toBeNull();
    const bytes = await readAll();
    expect(bytes.toString('latin1', 4, 8)).toBe('ftyp');
    expect(bytes.includes('moof')).toBe(true);
    expect(await read()).toBeNull();
  });

  it('ends with its child when it is closed, and so does who waits for it', async () => {
    const { open, children } = await clip('avi-mjpeg-pcm', { seconds: 60 });
    const { read, close } = await open({ kind: 'media', fromSeconds: 0 });
    expect((await read())?.length).toBeGreaterThan(0);
    expect(children()).toHaveLength(1);
    const waiting = read();
    close();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await survivors(children, 5_000)).toEqual([]);
    await expect(read()).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('is whole when its child has ended before the first read', async () => {
    const { open, children } = await clip('mkv-h264-ac3', { seconds: 1 });
    const { readAll } = await open({ kind: 'media', fromSeconds: 0 });
    expect(await survivors(children, 5_000)).toEqual([]);
    expect((await readAll()).includes('moof')).toBe(true);
  });

  it('that nobody reads for long is ended', async () => {
    const { open, children } = await clip('avi-mjpeg-pcm', { seconds: 60, idleMs: 50 });
    const { read } = await open({ kind: 'media', fromSeconds: 0 });
    expect(await survivors(children, 10_000)).toEqual([]);
    await expect(read()).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('that ffmpeg cannot make fails with its words', async () => {
    const { path, prepare, openPlanned } = await clip('avi-mpeg4-mp3');
    const prepared = await prepare();
    if (prepared.kind === 'unplayable') throw new Error(prepared.reason);
    writeFileSync(path, 'This is a text.');
    const { read } = await openPlanned(prepared.plan, { kind: 'media', fromSeconds: 0 });
    await expect(read()).rejects.toMatchObject({
      ...{ code: 'INTERNAL', message: expect.stringContaining('Invalid data') },
    });
  });
});

it.skipIf(process.platform !== 'linux')('a file whose name is no text plays too', async () => {
  const { path, file, open } = await clip('mkv-h264-ac3');
  const pathBytes = Buffer.from([0xff, 0xfe, ...Buffer.from('.mkv')]);
  const bytes = readFileSync(path);
  writeFileSync(Buffer.concat([Buffer.from(`${file.rootPath}/`), pathBytes]), bytes);
  Object.assign(file, { path: '\\xFF\\xFE.mkv', pathBytes });
  expect((await open({ kind: 'file' })).sizeBytes).toBe(bytes.length);
  const { readAll } = await open({ kind: 'media', fromSeconds: 1 });
  expect((await readAll()).includes('moof')).toBe(true);
});
