import { expect, it } from 'vitest';
import { FrameReader } from './frame-reader';

/** Pictures of one byte, each with the time that ffmpeg says of it; answers what was read. */
function read(...times: string[]) {
  const frames: { seconds: number; picture: string }[] = [];
  const reader = new FrameReader(1, ({ seconds, pixels }) => {
    frames.push({ seconds, picture: pixels.toString() });
  });
  for (const [index, time] of times.entries()) {
    reader.addLine(`[Parsed_showinfo_5 @ 0x2a] [info] n:${index} pts: ${time} pts_time:0`);
  }
  reader.addPixels(Buffer.from('abcdefgh'.slice(0, times.length)));
  return { frames, waiting: reader.waiting };
}

it('gives each picture its own time', () => {
  expect(read('0', '40', '-20')).toEqual({
    frames: [
      { seconds: 0, picture: 'a' },
      { seconds: 0.04, picture: 'b' },
      { seconds: -0.02, picture: 'c' },
    ],
    waiting: 0,
  });
});

it('leaves pictures out whose time is none', () => {
  const { frames, waiting } = read('NOPTS', '9223372036854775', '-9223372036854775', '80');
  expect(frames).toEqual([{ seconds: 0.08, picture: 'd' }]);
  expect(waiting).toBe(0);
});
