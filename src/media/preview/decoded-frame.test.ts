import { describe, expect, it } from 'vitest';
import { type DecodedFrame, FrameCollection, spread } from './decoded-frame';
import { FrameReader } from './frame-reader';
import { bestFrame } from './frame-score';

const frame = (seconds: number, pixels = Buffer.alloc(0)): DecodedFrame => ({ seconds, pixels });

const timesOf = (frames: readonly DecodedFrame[]) => frames.map(({ seconds }) => seconds);

function collectionOf(times: readonly number[]): FrameCollection {
  const collection = new FrameCollection();
  for (const seconds of times) collection.add(frame(seconds));
  return collection;
}

describe('pictures of a video', () => {
  it('are in the order of their times, each once', () => {
    expect(timesOf(collectionOf([4, 0, 2, 4.0005, 2, 3]).frames)).toEqual([0, 2, 3, 4]);
  });

  it('are bounded and lie all over the video however many come', () => {
    const { frames } = collectionOf(Array.from({ length: 5000 }, (_, index) => index / 2));
    expect(frames.length).toBeLessThanOrEqual(50);
    const times = timesOf(spread(frames, 25));
    expect(times).toHaveLength(25);
    expect([times[0], times.at(-1)]).toEqual([0, 2499.5]);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan((2.5 * 2500) / 25);
  });

  it('are left out where they lie thickest', () => {
    expect(
      timesOf(
        spread(
          [0, 1, 10, 20, 20.5, 30].map((seconds) => frame(seconds)),
          4,
        ),
      ),
    ).toEqual([0, 10, 20, 30]);
  });
});

describe('raw pictures and their times', () => {
  const shown = (pts: number | string) =>
    `[Parsed_showinfo_5 @ 0x2acacbc0] [info] n:   0 pts: ${pts} pts_time:1.5     pos:    48`;

  it('find each other whichever comes first, in any pieces', () => {
    const found: DecodedFrame[] = [];
    const reader = new FrameReader(4, (one) => found.push(one));
    reader.addPixels(Buffer.from('aaa'));
    reader.addLine(shown(1500));
    reader.addPixels(Buffer.from('abbbbc'));
    expect(timesOf(found)).toEqual([1.5]);
    reader.addLine(shown('  -40'));
    reader.addPixels(Buffer.from('ccc'));
    expect(reader.waiting).toBe(1);
    reader.addLine(shown('  2000'));
    expect(found.map(({ seconds, pixels }) => [seconds, `${pixels}`])).toEqual([
      [1.5, 'aaaa'],
      [-0.04, 'bbbb'],
      [2, 'cccc'],
    ]);
    expect(reader.waiting).toBe(0);
  });

  it('are nothing where the time is not known, or the line is not of the filter', () => {
    const found: DecodedFrame[] = [];
    const reader = new FrameReader(4, (one) => found.push(one));
    reader.addPixels(Buffer.from('aaaa'));
    reader.addLine(`    title           : ${shown(1)}`);
    expect(reader.waiting).toBe(1);
    reader.addLine(shown('NOPTS'));
    expect(found).toEqual([]);
    expect(reader.waiting).toBe(0);
  });
});

describe('the best picture', () => {
  const size = { width: 64, height: 64 };
  const picture = (seconds: number, luma: (x: number, y: number) => number) =>
    frame(
      seconds,
      Buffer.from(Array.from({ length: 64 * 64 }, (_, at) => luma(at % 64, Math.floor(at / 64)))),
    );
  const scene = (x: number, y: number) => 16 + ((x * 37 + y * 101) % 220);
  const others = {
    black: () => 16,
    white: () => 235,
    'a fade': (x: number, y: number) => 16 + ((scene(x, y) - 16) >> 3),
    'a gradient without edges': (x: number) => 60 + x,
    'a title': (x: number, y: number) => (y > 30 && y < 34 && x % 3 === 0 ? 235 : 16),
  };

  it.each(Object.entries(others))('is not %s', (_, luma) => {
    const frames = [picture(30, luma), picture(50, scene), picture(70, luma)];
    expect(bestFrame(frames, size, 100)).toMatchObject({ frame: { seconds: 50 }, isPoor: false });
  });

  it.each(Object.entries(others))('is poor where there is only %s', (_, luma) => {
    expect(bestFrame([picture(50, luma)], size, 100)).toMatchObject({ isPoor: true });
  });

  it('is none of the first and the last moments if it can be helped', () => {
    const frames = [picture(0, scene), picture(40, scene), picture(99, scene)];
    expect(bestFrame(frames, size, 100)?.frame.seconds).toBe(40);
  });

  it('is none where there are none', () => {
    expect(bestFrame([], size, 100)).toBeNull();
  });
});
