import { describe, expect, it } from 'vitest';
import type { StreamPlan } from '../../shared/playback-protocol';
import { SOFTWARE_ENCODER } from './encoders';
import { planPicture } from './picture-plan';
import { streamArguments } from './stream-arguments';
import { videoStream } from './testing/stream-facts';

const COPY: StreamPlan = { videoIndex: 0, audio: null, picture: null, seekMarginSeconds: 0 };
const ENCODE: StreamPlan = { ...COPY, picture: planPicture(videoStream(), SOFTWARE_ENCODER, null) };

const argumentsFrom = (fromSeconds: number, plan: StreamPlan, source: string) =>
  streamArguments(source, plan, { kind: 'media', fromSeconds });

/** The values of an option before and behind the input. */
function valuesOf(words: readonly string[], option: string) {
  const input = words.indexOf('-i');
  const at = (from: number, to: number) => {
    const place = words.slice(from, to).indexOf(option);
    return place < 0 ? null : (words[from + place + 1] ?? null);
  };
  return [at(0, input), at(input, words.length)];
}

describe('streamArguments', () => {
  it('name the file so that it is taken for nothing else', () => {
    const words = argumentsFrom(0, COPY, '/a/-i concat:b.mp4');
    expect(words[words.indexOf('-i') + 1]).toBe('file:/a/-i concat:b.mp4');
    expect(valuesOf(words, '-protocol_whitelist')).toEqual(['file', null]);
  });

  it('move copied pictures by the time that was sought', () => {
    const words = argumentsFrom(7.5, COPY, '/a.mkv');
    expect(valuesOf(words, '-ss')).toEqual(['7.500000', null]);
    expect(valuesOf(words, '-output_ts_offset')).toEqual([null, '17.500000']);
  });

  it('begin encoded pictures a quarter of a frame before the one that is shown then', () => {
    for (const seconds of [7.28, 7.3, 7.319]) {
      const words = argumentsFrom(seconds, ENCODE, '/a.mov');
      expect(valuesOf(words, '-ss')).toEqual(['7.270000', null]);
      expect(valuesOf(words, '-output_ts_offset')).toEqual([null, '17.270000']);
    }
    expect(valuesOf(argumentsFrom(0, ENCODE, '/a.mov'), '-ss')).toEqual([null, null]);
  });

  it('put silence in place of the sound, as long as the pictures last', () => {
    const plan = { ...COPY, audio: { index: 1, copy: true } };
    const wish = { kind: 'media', fromSeconds: 5 } as const;
    expect(streamArguments('/a.mkv', plan, wish)).not.toContain('-shortest');
    const words = streamArguments('/a.mkv', plan, { ...wish, silent: true });
    expect(words).toEqual(expect.arrayContaining(['anullsrc=r=48000:cl=stereo', '-shortest']));
    expect(words).not.toContain('0:1');
    const mute = streamArguments('/a.mkv', COPY, { ...wish, silent: true });
    expect(mute).not.toContain('-shortest');
  });

  it('look for a key frame far before the time where the container knows none', () => {
    const margin = { seekMarginSeconds: 10 };
    const encode = argumentsFrom(30.02, { ...ENCODE, ...margin }, '/a.ts');
    expect(valuesOf(encode, '-ss')).toEqual(['19.990000', '10.000000']);
    const copy = argumentsFrom(30, { ...COPY, ...margin }, '/a.ts');
    expect(valuesOf(copy, '-ss')).toEqual(['20.000000', null]);
    expect(valuesOf(copy, '-output_ts_offset')).toEqual([null, '30.000000']);
  });
});
