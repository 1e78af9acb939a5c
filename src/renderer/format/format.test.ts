import { describe, expect, it } from 'vitest';
import { channelsName, formatSampleRate } from './audio';
import { codecName, containerName } from './codec';
import { formatMoment } from './date';
import {
  formatDuration,
  formatSpan,
  formatTimecode,
  formatTimeLeft,
  formatTimeUntil,
} from './duration';
import { formatFrameRate } from './frame-rate';
import { languageName } from './language';
import { countOf, formatCount } from './number';
import { lastName, splitForMiddle } from './path';
import { formatAspect, resolutionClass } from './resolution';
import { formatBitRate, formatSize } from './size';

const EN = 'en-US';

describe('durations', () => {
  it.each([
    [0, '0:00'],
    [7.2, '0:07'],
    [59.6, '1:00'],
    [754, '12:34'],
    [3599.7, '1:00:00'],
    [3723, '1:02:03'],
    [360_000, '100:00:00'],
  ])('shows %d seconds as %s', (seconds, expected) => {
    expect(formatDuration(seconds)).toBe(expected);
  });

  it.each([
    [3, 'a few seconds left'],
    [12, 'about 20 s left'],
    [48, 'about 50 s left'],
    [58, 'about 1 min left'],
    [185, 'about 3 min left'],
    [3580, 'about 1 h left'],
    [4800, 'about 1 h 20 min left'],
  ])('says of %d seconds that there are %s', (seconds, expected) => {
    expect(formatTimeLeft(seconds)).toBe(expected);
  });

  it.each([
    [-3, 'now'],
    [0.4, 'now'],
    [7, 'in a few seconds'],
    [10, 'in 10 s'],
    [42, 'in 45 s'],
    [60, 'in 1 min'],
    [280, 'in 5 min'],
  ])('says when something happens that is %d seconds away', (seconds, expected) => {
    expect(formatTimeUntil(seconds)).toBe(expected);
  });

  it.each([
    [0, '00:00:00.000'],
    [12.34, '00:00:12.340'],
    [754.5, '00:12:34.500'],
    [3723.9996, '01:02:04.000'],
    [360_000, '100:00:00.000'],
  ])('writes the place at %d seconds as editors do', (seconds, expected) => {
    expect(formatTimecode(seconds)).toBe(expected);
  });

  it('says how long something took', () => {
    expect([0.4, 8, 90, 3600, 7500].map(formatSpan)).toEqual([
      'less than a second',
      '8 s',
      '2 min',
      '1 h',
      '2 h 5 min',
    ]);
  });
});

describe('sizes', () => {
  it.each([
    [1, '1 byte'],
    [812, '812 bytes'],
    [4_200_000, '4.2 MB'],
    [38_400_000_000, '38 GB'],
    [999_700_000, '1 GB'],
  ])('counts %d bytes in thousands as %s', (bytes, expected) => {
    expect(formatSize(bytes, 'decimal', EN)).toBe(expected);
  });

  it('counts in 1,024 where the system does', () => {
    expect(formatSize(4 * 1024 * 1024, 'binary', EN)).toBe('4 MB');
  });

  it.each([
    [800, '800 bit/s'],
    [640_000, '640 kbit/s'],
    [12_480_000, '12.5 Mbit/s'],
    [184_000_000, '184 Mbit/s'],
  ])('shows %d bits per second as %s', (bits, expected) => {
    expect(formatBitRate(bits, EN)).toBe(expected);
  });
});

describe('pictures', () => {
  it.each([
    ['30000/1001', '29.97'],
    ['25/1', '25'],
    ['24000/1001', '23.98'],
    ['0/1', ''],
    [null, ''],
  ])('shows the rate %s as "%s"', (fraction, expected) => {
    expect(formatFrameRate(fraction, EN)).toBe(expected);
  });

  it.each([
    [3840, 2160, '4K'],
    [4096, 2160, '4K'],
    [1920, 1080, '1080p'],
    [1080, 1920, '1080p'],
    [1920, 800, '1080p'],
    [1440, 1080, '1080p'],
    [1280, 720, '720p'],
    [720, 576, '576p'],
    [720, 480, '480p'],
    [160, 120, '160 × 120'],
  ])('calls %d by %d %s', (width, height, expected) => {
    expect(resolutionClass(width, height)).toBe(expected);
  });

  it('knows the usual aspects by name', () => {
    expect([formatAspect(1920, 1080), formatAspect(1080, 1920), formatAspect(1920, 800)]).toEqual([
      '16:9',
      '9:16',
      '2.40:1',
    ]);
  });
});

describe('names', () => {
  it('shows codecs and containers as people know them', () => {
    expect(['h264', 'hevc', 'prores', 'pcm_s16le', 'some_new'].map(codecName)).toEqual([
      'H.264',
      'HEVC',
      'ProRes',
      'PCM',
      'SOME NEW',
    ]);
    expect(['matroska', 'nut'].map(containerName)).toEqual(['Matroska', 'NUT']);
  });

  it('names channels and sample rates', () => {
    expect([1, 2, 6, 8, 4].map(channelsName)).toEqual([
      'mono',
      'stereo',
      '5.1',
      '7.1',
      '4 channels',
    ]);
    expect(formatSampleRate(44_100)).toMatch(/^44[.,]1 kHz$/);
  });

  it('leaves out an undetermined language and keeps what is no language', () => {
    expect(languageName('und')).toBeNull();
    expect(languageName('deu')).toBe('German');
    expect(languageName('not a language!')).toBe('not a language!');
  });

  it('takes the last name of a path of any platform', () => {
    expect(
      ['/media/Holiday 2019', '/media/Holiday 2019/', 'D:\\Clips\\2020', '/'].map(lastName),
    ).toEqual(['Holiday 2019', 'Holiday 2019', '2020', '/']);
  });

  it('keeps the end of a long name whole and never cuts a character in two nor begins its end with a space', () => {
    const [head, tail] = splitForMiddle('A very long name of a clip 🎬🎬🎬🎬.mp4');
    expect(tail).toBe('🎬🎬🎬🎬.mp4');
    expect(head + tail).toBe('A very long name of a clip 🎬🎬🎬🎬.mp4');
    expect(splitForMiddle('short.mp4')).toEqual(['short.mp4', '']);
  });
});

describe('counts and moments', () => {
  it('groups digits and knows one from many', () => {
    expect(formatCount(12_870, EN)).toBe('12,870');
    expect(countOf(1, 'video', 'videos', EN)).toBe('1 video');
    expect(countOf(1200, 'folder', 'folders', EN)).toBe('1,200 folders');
  });

  it('tells today from yesterday by the calendar, not by hours', () => {
    const now = new Date(2026, 4, 10, 8, 0).getTime();
    expect(formatMoment(new Date(2026, 4, 10, 0, 5).getTime(), now, EN)).toMatch(/^Today, /);
    expect(formatMoment(new Date(2026, 4, 9, 23, 0).getTime(), now, EN)).toMatch(/^Yesterday, /);
    expect(formatMoment(new Date(2026, 4, 8, 23, 0).getTime(), now, EN)).toMatch(/^May 8, 2026/);
  });
});
