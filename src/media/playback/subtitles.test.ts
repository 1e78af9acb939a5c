import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createClip } from '../../../e2e/fixtures/media-factory';
import { temporaryFolder } from '../testing/temporary-folder';
import { ffmpegPath } from '../tools';
import { BOX, CANVAS, writeBitmapSubtitle } from './testing/bitmap-subtitle';
import { playedFile } from './testing/playback-setup';

const TEXT = '1\r\n00:00:00,500 --> 00:00:01,500\r\nSch\xf6n \x96 <b>fat</b>\r\n\r\n';
const WEB_VTT = /^WEBVTT\n\n00:00\.500 --> 00:01\.500\nSchön – <b>fat<\/b>\n/;

function ffmpeg(...words: string[]): Buffer {
  return execFileSync(ffmpegPath, ['-v', 'error', '-nostdin', '-y', ...words]);
}

async function folderWithClip() {
  const folder = await temporaryFolder();
  const path = join(folder, 'clip.mkv');
  await createClip(path, 'mkv-h264-ac3', { seconds: 2 });
  return { folder, path };
}

it('a text beside the video is read in whatever it was written', async () => {
  const { folder } = await folderWithClip();
  writeFileSync(join(folder, 'clip.de.srt'), Buffer.from(TEXT, 'latin1'));
  const { prepare, open } = playedFile(folder, 'clip.mkv');
  expect(await prepare()).toMatchObject({
    playback: { subtitleTracks: [{ index: 2, language: 'de', external: true }] },
  });
  const { readAll } = await open({ kind: 'subtitle', index: 2 });
  expect((await readAll()).toString()).toMatch(WEB_VTT);
});

it('a text in the video is read as well', async () => {
  const { folder, path } = await folderWithClip();
  const subtitle = join(folder, 'text.srt');
  writeFileSync(subtitle, TEXT.replaceAll('\x96', '–'));
  const named = ['-metadata:s:s:0', 'language=ger'];
  ffmpeg(
    '-i',
    path,
    '-i',
    subtitle,
    '-map',
    '0',
    '-map',
    '1',
    '-c',
    'copy',
    ...named,
    join(folder, 'both.mkv'),
  );
  const { prepare, open } = playedFile(folder, 'both.mkv');
  expect(await prepare()).toMatchObject({
    playback: {
      mode: 'remux',
      subtitleTracks: [{ index: 2, codec: 'subrip', language: 'ger', external: false }],
    },
  });
  const { readAll } = await open({ kind: 'subtitle', index: 2 });
  expect((await readAll()).toString()).toMatch(WEB_VTT);
});

it('one that is not there is refused', async () => {
  const { folder } = await folderWithClip();
  const { open } = playedFile(folder, 'clip.mkv');
  await expect(open({ kind: 'subtitle', index: 7 })).rejects.toMatchObject({
    code: 'INVALID_REQUEST',
  });
});

it('a bitmap is drawn into the pictures at its place and time', async () => {
  const folder = await temporaryFolder();
  const subtitle = join(folder, 'box.sup');
  writeBitmapSubtitle(subtitle);
  // Twice the size that the subtitle was made for.
  const black = ['-f', 'lavfi', '-i', 'color=black:size=640x480:rate=25:duration=4'];
  const codecs = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:s', 'copy'];
  ffmpeg(...black, '-i', subtitle, '-map', '0', '-map', '1', ...codecs, join(folder, 'clip.mkv'));
  const { open } = playedFile(folder, 'clip.mkv');
  const { readAll } = await open({ kind: 'media', fromSeconds: 1 }, { subtitleIndex: 1 });
  const made = join(folder, 'made.mp4');
  writeFileSync(made, await readAll());
  const lightAt = (seconds: number, x: number, y: number) => {
    const picture = ['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'];
    const scale = 640 / CANVAS.width;
    return ffmpeg('-ss', String(seconds), '-i', made, ...picture)[y * scale * 640 + x * scale];
  };
  // The box goes two seconds after the start of the file, one after that of the stream.
  expect(lightAt(0.5, BOX.x + 20, BOX.y + 20)).toBeGreaterThan(200);
  expect(lightAt(0.5, BOX.x - 20, BOX.y + 20)).toBeLessThan(50);
  expect(lightAt(1.5, BOX.x + 20, BOX.y + 20)).toBeLessThan(50);
});
