import { describe, expect, it } from 'vitest';
import type { Stream } from '../../shared/media';
import type { PlaybackChoice } from '../../shared/playback-protocol';
import { SOFTWARE_ENCODER } from './encoders';
import { chooseWay, planStream } from './plan';
import { audioStream, subtitleStream, videoStream } from './testing/stream-facts';

const UNKNOWN = 'vvc';

function plan(container: string, streams: Stream[], choice: PlaybackChoice = {}) {
  const facts = { container, durationUs: 10_000_000, streams };
  const way = chooseWay(facts, choice, (codec) => codec !== UNKNOWN);
  if (way.kind === 'unplayable') return way;
  return { ...way, stream: planStream(way, facts, SOFTWARE_ENCODER) };
}

const modeOf = (container: string, streams: Stream[], choice: PlaybackChoice = {}) => {
  const way = plan(container, streams, choice);
  return way.kind === 'unplayable' ? way.kind : way.mode;
};

describe('the mode of a video', () => {
  const vp9 = videoStream({ codec: 'vp9', profile: 'Profile 0' });
  it.each([
    ['mp4', videoStream(), audioStream(), 'direct'],
    ['mov', videoStream({ profile: 'Constrained Baseline' }), audioStream(), 'direct'],
    ['3gp', videoStream(), audioStream({ codec: 'mp3' }), 'direct'],
    ['webm', vp9, audioStream({ codec: 'opus' }), 'direct'],
    ['webm', videoStream({ codec: 'vp8' }), audioStream({ codec: 'vorbis' }), 'direct'],
    ['webm', videoStream({ codec: 'av1', pixelFormat: 'yuv420p10le' }), null, 'direct'],
    ['mp4', videoStream(), null, 'direct'],
    ['mov', videoStream(), audioStream({ codec: 'pcm_s16le' }), 'remux'],
    ['mp4', videoStream(), audioStream({ codec: 'ac3' }), 'remux'],
    ['matroska', videoStream(), audioStream({ codec: 'dts' }), 'remux'],
    ['matroska', vp9, audioStream({ codec: 'opus' }), 'remux'],
    ['mpegts', videoStream(), audioStream(), 'remux'],
    ['avi', videoStream(), audioStream(), 'transcode'],
    ['mp4', videoStream({ profile: 'High 10', pixelFormat: 'yuv420p10le' }), null, 'transcode'],
    ['mp4', videoStream({ profile: 'High 4:2:2', pixelFormat: 'yuv422p' }), null, 'transcode'],
    ['mp4', videoStream({ codec: 'hevc' }), audioStream(), 'transcode'],
    ['mpegts', videoStream({ fieldOrder: 'tt' }), audioStream(), 'transcode'],
    ['mov', videoStream({ codec: 'prores' }), audioStream(), 'transcode'],
    ['matroska', videoStream({ codec: 'vp8' }), audioStream(), 'transcode'],
    ['ogg', videoStream({ codec: 'theora' }), audioStream({ codec: 'vorbis' }), 'transcode'],
  ] as const)('in %s is chosen by its streams (%#)', (container, video, audio, mode) => {
    expect(modeOf(container, audio ? [video, audio] : [video])).toBe(mode);
  });

  it('is not the file as it is where its times begin elsewhere', () => {
    const streams = (startSeconds: number) => [
      videoStream({ startSeconds: startSeconds + 0.02 }),
      audioStream({ startSeconds }),
    ];
    expect(modeOf('mp4', streams(2))).toBe('remux');
    expect(modeOf('mp4', streams(-2))).toBe('remux');
    // The priming of an encoder.
    expect(modeOf('mp4', streams(-0.007))).toBe('direct');
    expect(modeOf('mp4', streams(0.056))).toBe('direct');
  });

  it('is not below the one that is asked for', () => {
    const streams = [videoStream(), audioStream()];
    expect(modeOf('mp4', streams, { atLeast: 'remux' })).toBe('remux');
    expect(modeOf('mp4', streams, { atLeast: 'transcode' })).toBe('transcode');
    expect(modeOf('avi', streams, { atLeast: 'remux' })).toBe('transcode');
  });

  it('is none without pictures, or with pictures that nothing decodes, and says so', () => {
    expect(plan('mp4', [audioStream()])).toMatchObject({
      reason: expect.stringContaining('no pictures'),
    });
    const strange = videoStream({ codec: UNKNOWN, codecLongName: 'H.266 / VVC' });
    expect(plan('mp4', [strange])).toMatchObject({ reason: expect.stringContaining('H.266') });
  });
});

describe('the sound', () => {
  const english = audioStream({ index: 1, disposition: [] });
  const german = audioStream({ index: 2, disposition: ['default'] });

  it('is the default one, which Chromium takes only where it is the first', () => {
    expect(plan('mp4', [videoStream(), german, english])).toMatchObject({ mode: 'direct' });
    expect(plan('mp4', [videoStream(), english, german])).toMatchObject({
      ...{ mode: 'remux', stream: { audio: { index: 2, copy: true } } },
    });
  });

  it('is the chosen one', () => {
    expect(plan('mp4', [videoStream(), german, english], { audioIndex: 1 })).toMatchObject({
      ...{ mode: 'remux', stream: { audio: { index: 1 } } },
    });
  });

  it('is left out where nothing decodes it', () => {
    const way = plan('matroska', [videoStream(), audioStream({ codec: UNKNOWN })]);
    expect(way).toMatchObject({ mimeType: 'video/mp4; codecs="avc1.640028"', audio: null });
  });

  it('is copied out of containers that describe it, and encoded from others', () => {
    const copies = (container: string) =>
      plan(container, [videoStream(), audioStream()], { atLeast: 'remux' });
    expect(copies('matroska')).toMatchObject({ stream: { audio: { copy: true } } });
    expect(copies('mpegts')).toMatchObject({ stream: { audio: { copy: false } } });
  });
});

describe('a bitmap subtitle', () => {
  it('is drawn into the pictures when it is chosen', () => {
    const streams = [videoStream(), audioStream(), subtitleStream({ codec: 'hdmv_pgs_subtitle' })];
    expect(modeOf('mp4', streams)).toBe('direct');
    expect(plan('mp4', streams, { subtitleIndex: 2 })).toMatchObject({
      ...{ mode: 'transcode', stream: { picture: { burntSubtitle: 2 } } },
    });
  });

  it('is told from a text, which is no reason to encode', () => {
    const streams = [videoStream(), audioStream(), subtitleStream()];
    expect(modeOf('mp4', streams, { subtitleIndex: 2 })).toBe('direct');
  });
});
