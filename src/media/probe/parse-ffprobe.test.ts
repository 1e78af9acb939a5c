import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ProbedMedia } from '../../shared/media';
import { expectedMedia, expectedStreams } from './fixtures/expected-media';
import { parseFfprobe } from './parse-ffprobe';

const recordings = new URL('./fixtures/recorded/', import.meta.url);

function parseRecording(name: string) {
  const text = readFileSync(new URL(`${name}.json`, recordings), 'utf8');
  const { json } = JSON.parse(text) as { json: string };
  return parseFfprobe(json, name);
}

function mediaOf(name: string): ProbedMedia {
  const parsed = parseRecording(name);
  if (!parsed.ok) throw new Error(`${name}: ${parsed.failure.message}`);
  return parsed.media;
}

/** As much of the streams as is expected of them. */
function summarise(media: ProbedMedia): string[] {
  return media.streams.map((stream) => {
    const channels = stream.type === 'audio' ? `:${stream.channels}` : '';
    return `${stream.type}:${stream.codec}${channels}`;
  });
}

describe('recorded ffprobe outputs', () => {
  it.each(Object.entries(expectedMedia))('%s is described as what it is', (name, expected) => {
    expect(mediaOf(name)).toMatchObject(expected);
  });

  it.each(Object.entries(expectedStreams))('%s has its streams in order', (name, expected) => {
    expect(summarise(mediaOf(name))).toEqual(expected);
  });

  it.each(['audio-only.mp4', 'song-with-cover.mp4'])('%s is refused: it has no video', (name) => {
    expect(parseRecording(name)).toMatchObject({
      ok: false,
      failure: { stage: 'probe', code: 'NO_VIDEO_STREAM' },
    });
  });

  it('are all expected by name', () => {
    const names = readdirSync(recordings).map((file) => file.replace(/\.json$/, ''));
    const known = [...Object.keys(expectedMedia), 'audio-only.mp4', 'song-with-cover.mp4'];
    expect(names.sort()).toEqual(known.sort());
  });
});

describe('details of streams', () => {
  const stream = (name: string, index: number) => mediaOf(name).streams[index];

  it('keeps languages, titles and dispositions', () => {
    const name = 'languages-chapters-font.mkv';
    expect(stream(name, 1)).toMatchObject({ language: 'ger', channelLayout: '5.1(side)' });
    expect(stream(name, 2)).toMatchObject({ language: 'eng', title: 'Commentary' });
    expect(stream(name, 4)).toMatchObject({ language: 'fre', disposition: ['default', 'forced'] });
    expect(stream(name, 5)).toMatchObject({ fileName: 'font.ttf' });
  });

  it('keeps chapters in order with their titles', () => {
    expect(mediaOf('languages-chapters-font.mkv').chapters).toEqual([
      { startSeconds: 0, endSeconds: 1.5, title: 'Beginning' },
      { startSeconds: 1.5, endSeconds: 4, title: 'End' },
    ]);
  });

  it('tells samples from square pixels', () => {
    expect(stream('anamorphic-hdv.mp4', 0)).toMatchObject({
      codedWidth: 1440,
      codedHeight: 1080,
      sampleAspectRatio: '4/3',
      width: 1920,
      height: 1080,
    });
  });

  it('does not count the rows that a codec pads its blocks with', () => {
    expect(stream('full-hd-cropped.mp4', 0)).toMatchObject({ codedWidth: 1920, codedHeight: 1080 });
  });

  it('keeps field order, profile, level and colour', () => {
    expect(stream('interlaced-tff.mp4', 0)).toMatchObject({ fieldOrder: 'tt' });
    expect(stream('h264-aac.mp4', 0)).toMatchObject({
      fieldOrder: 'progressive',
      profile: 'Constrained Baseline',
      level: 13,
      frameCount: 60,
      codecTag: 'avc1',
    });
    expect(stream('high-422-10bit.mp4', 0)).toMatchObject({
      profile: 'High 4:2:2',
      pixelFormat: 'yuv422p10le',
      colourPrimaries: 'bt709',
      colourTransfer: 'bt709',
      colourMatrix: 'bt709',
      colourRange: 'tv',
    });
  });

  it('keeps sample rate, format and depth of sound', () => {
    expect(stream('prores-hq-pcm24.mov', 1)).toMatchObject({
      codec: 'pcm_s24le',
      sampleRate: 48_000,
      sampleFormat: 's32',
      bitDepth: 24,
      channels: 2,
    });
    expect(stream('h264-aac.mp4', 1)).toMatchObject({ bitDepth: null, sampleFormat: 'fltp' });
  });
});

describe('what is no usable answer', () => {
  const format = { format_name: 'avi' };
  const video = { codec_type: 'video', codec_name: 'mpeg4', width: 16, height: 16 };
  const parse = (answer: unknown) => parseFfprobe(JSON.stringify(answer), 'a.avi');

  it.each([
    ['nothing', ''],
    ['half of an object', '{"format": {'],
    ['an array', '[]'],
    ['an object without a format', '{"streams": []}'],
  ])('%s is bad output', (_, json) => {
    expect(parseFfprobe(json, 'a.avi')).toMatchObject({
      ok: false,
      failure: { code: 'BAD_OUTPUT' },
    });
  });

  it('a file without streams is damaged', () => {
    expect(parse({ format, streams: [] })).toMatchObject({ failure: { code: 'DAMAGED' } });
  });

  it('a video stream without a picture is damaged', () => {
    const broken = { ...video, width: 0, height: 0 };
    expect(parse({ format, streams: [broken] })).toMatchObject({ failure: { code: 'DAMAGED' } });
  });

  it('fields of the wrong type become unknown instead of failing', () => {
    const odd = { ...video, level: 'high', tags: 7, disposition: [], side_data_list: 'none' };
    const parsed = parse({ format: { ...format, duration: {}, tags: [] }, streams: [odd, null] });
    expect(parsed).toMatchObject({
      ok: true,
      media: { durationUs: null, width: 16, frameRate: null, title: null },
    });
  });

  it('keeps at most a thousand streams', () => {
    const parsed = parse({ format, streams: Array.from({ length: 1500 }, () => video) });
    expect(parsed.ok && parsed.media.streams.length).toBe(1000);
  });
});
