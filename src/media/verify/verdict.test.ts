import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RunEnd } from '../children/supervise';
import { DecodeLog } from './decode-log';
import { LineSplitter } from './line-splitter';
import { verdictOf } from './verdict';

/** What ffmpeg said about real files; see fixtures/record-decodes.js. */
function recorded(name: string): DecodeLog {
  const text = readFileSync(new URL(`./fixtures/recorded/${name}.log`, import.meta.url));
  return logOf(`/home/somebody/Videos/${name}`, text);
}

function logOf(source: string, text: Buffer): DecodeLog {
  const log = new DecodeLog(source);
  const lines = new LineSplitter((line) => log.read(line));
  // In pieces as odd as a pipe's.
  for (let start = 0; start < text.length; start += 1000) {
    lines.add(text.subarray(start, start + 1000));
  }
  lines.end();
  return log;
}

function judge(
  log: DecodeLog,
  end: RunEnd = { kind: 'exited', code: 0 },
  known: { frameCount?: number; unchecked?: string[] } = {},
) {
  return verdictOf(log, end, { frameCount: null, unchecked: [], ...known });
}

const INTACT = { outcome: 'intact', damage: [], damageCount: 0 };
const failed: RunEnd = { kind: 'exited', code: 1 };

describe('what ffmpeg says about a file', () => {
  it('is nothing about a sound one', () => {
    const log = recorded('intact.mp4');
    expect(judge(log)).toEqual(INTACT);
    expect(log).toMatchObject({ format: 'mov', durationSeconds: 8.13, pictureCount: 40 });
    expect(log.streams.map(({ type, codec, tag }) => [type, codec, tag])).toEqual([
      ['video', 'h264', 'avc1'],
      ['audio', 'aac', 'mp4a'],
    ]);
    expect(log.seconds).toBeCloseTo(7.9, 0);
  });

  it('tells where it is damaged', () => {
    expect(judge(recorded('damaged.mp4'))).toEqual({
      outcome: 'damaged',
      damage: [{ atSeconds: 4, message: 'h264: corrupted macroblock 5 1 (total_coeff=-1)' }],
      damageCount: 1,
    });
  });

  it('tells that it was cut off', () => {
    const { outcome, damage } = judge(recorded('cut-off.mkv'));
    expect(outcome).toBe('damaged');
    expect(damage).toHaveLength(1);
    expect(damage[0]?.message).toMatch(/^Only the first \d\.\d of 8\.\d seconds can be read\.$/);
    expect(damage[0]?.atSeconds).toBeGreaterThan(2);
    expect(damage[0]?.atSeconds).toBeLessThan(6);
  });

  it('is held against a recording that begins in the middle only after its beginning', () => {
    const log = recorded('late-start.ts');
    expect(judge(log)).toEqual(INTACT);
    log.read('[h264 @ 0x1] [error] co located POCs unavailable');
    expect(judge(log)).toMatchObject({ outcome: 'damaged', damageCount: 1 });
  });

  it('has times also where the packets of a stream have none', () => {
    const log = recorded('no-times.gxf');
    expect(log.endedSloppily).toBe(true);
    expect(judge(log)).toEqual(INTACT);
    expect(log.seconds).toBeGreaterThan(3);
    log.read('[mpeg2video @ 0x1] [error] ac-tex damaged at 1 1');
    expect(judge(log).damage[0]?.atSeconds).toBeGreaterThan(3);
  });

  it('tells which codec it has no decoder for', () => {
    const log = recorded('unknown-codec.mp4');
    expect(log.withoutDecoder).toBe(0);
    expect(log.codecOf(0)).toBe('xvvc');
    expect(judge(log, failed, { unchecked: ['xvvc'] })).toMatchObject({
      outcome: 'unreadable',
      damage: [{ atSeconds: null, message: 'There is no decoder for xvvc.' }],
    });
  });

  it.each([
    ['encrypted.mp4', 'The content is encrypted.'],
    [
      'no-index.mp4',
      'The index of the file is missing: the recording or the copy was cut off, or it is no video at all.',
    ],
  ])('tells why it cannot be decoded: %s', (name, message) => {
    expect(judge(recorded(name), failed)).toEqual({
      outcome: 'unreadable',
      damage: [{ atSeconds: null, message }],
      damageCount: 1,
    });
  });
});

describe('a run that did not end by itself', () => {
  it.each<[RunEnd, string]>([
    [{ kind: 'signalled', signal: 'SIGSEGV' }, 'ffmpeg crashed on this file (SIGSEGV).'],
    [
      { kind: 'timed-out', seconds: 120 },
      'ffmpeg was stopped because it got no further for 120 seconds.',
    ],
    [
      { kind: 'too-much-memory' },
      'ffmpeg was stopped because the file made it use an unreasonable amount of memory.',
    ],
  ])('leaves the file unreadable, with the place: %j', (end, message) => {
    const { outcome, damage } = judge(recorded('intact.mp4'), end);
    expect(outcome).toBe('unreadable');
    expect(damage.at(-1)).toMatchObject({ message });
    expect(damage.at(-1)?.atSeconds).toBeGreaterThan(7);
  });

  it('or with an error that nobody explained is damage', () => {
    expect(judge(recorded('intact.mp4'), failed)).toMatchObject({
      outcome: 'damaged',
      damage: [{ message: 'ffmpeg gave up here (exit code 1).' }],
    });
  });
});

describe('the end of a file', () => {
  /** A file of 100 seconds of which a part is there. */
  function shortened(options: { format?: string; streams?: string[]; until: number }): DecodeLog {
    const { format = 'mov,mp4', streams = ['Video: h264', 'Audio: aac'], until } = options;
    const log = new DecodeLog('/a');
    log.read(`[info] Input #0, ${format}, from 'file:/a':`);
    log.read('[info]   Duration: 00:01:40.00, start: 0.000000, bitrate: 761 kb/s');
    streams.forEach((stream, index) => {
      log.read(`[info]     Stream #0:${index}: ${stream}, 1 kb/s`);
    });
    log.read('[info] Stream mapping:');
    for (let second = 0; second <= until; second++) {
      const times = `pkt_pts:1 pkt_pts_time:${second} pkt_dts:1 pkt_dts_time:${second} off:0`;
      log.read(`[info] demuxer+ffmpeg -> ist_index:0 type:video ${times}`);
      log.read('[info] decoder -> ist_index:0 type:video frame_pts:0 keyframe:1 frame_type:1');
    }
    return log;
  }

  it.each([
    ['nothing is missing', { until: 99 }, 'intact'],
    ['a streams ends a little early', { until: 98 }, 'intact'],
    ['half is missing', { until: 50 }, 'damaged'],
    ['half is missing and the container only guesses', { format: 'mpegts', until: 50 }, 'intact'],
    [
      'half is missing and there is no sound that would tell',
      { streams: ['Video: h264'], until: 50 },
      'intact',
    ],
    [
      'subtitles may go on for longer',
      { streams: ['Video: h264', 'Audio: aac', 'Subtitle: subrip'], until: 50 },
      'intact',
    ],
  ] as const)('%s', (_name, options, outcome) => {
    const { streams, ...rest } = { streams: undefined, ...options };
    const log = shortened({ ...rest, ...(streams && { streams: [...streams] }) });
    expect(judge(log).outcome).toBe(outcome);
  });

  it('is where the counted pictures end, if the container counts them', () => {
    const silent = { streams: ['Video: h264'], until: 50 };
    expect(judge(shortened(silent), undefined, { frameCount: 51 })).toEqual(INTACT);
    expect(judge(shortened(silent), undefined, { frameCount: 101 })).toMatchObject({
      outcome: 'damaged',
      damage: [{ atSeconds: 50, message: 'Only the first 50.0 of 100.0 seconds can be read.' }],
    });
  });
});
