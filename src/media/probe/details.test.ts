import { describe, expect, it } from 'vitest';
import { excerptOf, explainErrorOutput } from './explain-failure';
import { readFrameRates } from './frame-rate';
import { parseIso6709 } from './iso-6709';
import { bitDepthOfPixelFormat } from './pixel-format';
import { readRecording } from './recording';
import { readRotation } from './rotation';
import { Tags } from './tags';

describe('variable frame rate', () => {
  const judge = (average: string, real: string, change: object = {}) => {
    const timing = { exactTimestamps: true, frameCount: 3000, durationSeconds: 100, ...change };
    return readFrameRates(average, real, timing).variable;
  };

  it.each([
    ['equal rates', '30000/1001', '30000/1001'],
    ['a camera clock that is a little off', '18000/601', '30/1'],
    ['fields counted as frames by the average', '50/1', '25/1'],
    ['fields counted as frames by the real rate', '25/1', '50/1'],
  ])('is not seen in %s', (_, average, real) => {
    expect(judge(average, real)).toBe(false);
  });

  it('is not seen where one stretched frame explains the difference', () => {
    expect(judge('160000/6537', '25/1', { durationSeconds: 1.02 })).toBe(false);
  });

  it('is seen where frames were left out', () => {
    expect(judge('369000/13657', '90000/2999')).toBe(true);
  });

  it('is seen in a clock rate only where time stamps are exact', () => {
    expect(judge('29/1', '90000/1')).toBe(true);
    expect(judge('29/1', '1000/1', { exactTimestamps: false })).toBeNull();
  });

  it.each([
    ['no average', '0/0', '25/1', {}],
    ['no real rate', '25/1', '0/0', {}],
    ['a single frame', '25/1', '12/1', { frameCount: 1 }],
  ])('is unknown with %s', (_, average, real, change) => {
    expect(judge(average, real, change)).toBeNull();
  });
});

describe('rotation', () => {
  const matrix = (rotation: number) => ({
    side_data_list: [{ side_data_type: 'Display Matrix', rotation }],
  });

  it.each([
    [-90, 90],
    [90, 270],
    [180, 180],
    [-180, 180],
    [0, 0],
    [-89.6, 90],
    [-2_147_483_648, 0],
  ])('of a display matrix of %d is %d clockwise', (counterClockwise, clockwise) => {
    const stream = matrix(counterClockwise);
    expect(readRotation(stream, new Tags(stream))).toBe(clockwise);
  });

  it('comes from the tag where there is no matrix, and from the matrix where there are both', () => {
    const tagged = { tags: { rotate: '270' } };
    expect(readRotation(tagged, new Tags(tagged))).toBe(270);
    const both = { ...tagged, ...matrix(-90) };
    expect(readRotation(both, new Tags(both))).toBe(90);
  });
});

describe('ISO 6709 positions', () => {
  it.each([
    ['+48.8577+002.2950+035.000/', 48.8577, 2.295, 35],
    ['-15.8355-048.0153/', -15.8355, -48.0153, null],
    ['+4851.462+00217.700/', 48.8577, 2.295, null],
    ['+485127.72+0021742-010/', 48.8577, 2.295, -10],
  ])('%s is read', (text, latitude, longitude, altitude) => {
    const location = parseIso6709(text);
    expect(location?.latitude).toBeCloseTo(latitude, 6);
    expect(location?.longitude).toBeCloseTo(longitude, 6);
    expect(location?.altitude).toBe(altitude);
  });

  it.each(['', 'Paris', '48.8577', '+91.0+000.0/', '+00.0000+000.0000/', '+12345+0/', null])(
    '%s is none',
    (text) => {
      expect(parseIso6709(text)).toBeNull();
    },
  );
});

describe('bit depth', () => {
  it.each([
    ['yuv420p', 8],
    ['yuvj422p', 8],
    ['yuva444p', 8],
    ['nv12', 8],
    ['gray', 8],
    ['rgb24', 8],
    ['bgra', 8],
    ['0rgb', 8],
    ['yuv420p10le', 10],
    ['p010le', 10],
    ['p016le', 16],
    ['gbrp12le', 12],
    ['gbrap16le', 16],
    ['rgb48be', 16],
    ['gray10le', 10],
    ['xyz12le', 12],
    ['bayer_rggb16le', 16],
    ['monow', 1],
    ['pal8', 8],
    ['rgb565le', null],
    ['unheard-of', null],
    [null, null],
  ])('of %s is %s', (format, depth) => {
    expect(bitDepthOfPixelFormat(format)).toBe(depth);
  });
});

describe('recording', () => {
  const read = (tags: Record<string, string>) => readRecording([new Tags({ tags })]);

  it.each([
    ['1904-01-01T00:00:00.000000Z', 'QuickTime clock that was never set'],
    ['1970-01-01T00:00:00.000000Z', 'Unix clock that was never set'],
    ['2155-01-01T00:00:00.000000Z', 'damaged date'],
    ['2019', 'year alone'],
    ['yesterday', 'word'],
  ])('takes no date from %s: a %s', (date) => {
    expect(read({ creation_time: date }).recordedAtMs).toBeNull();
  });

  it.each([
    ['2019-06-01T10:30:00.000000Z', 10],
    ['2019-06-01T12:30:00+0200', 10],
    ['2019-06-01T05:30:00-05:00', 10],
    ['2019-06-01 10:30:00', 10],
  ])('reads %s with its zone', (date, hour) => {
    expect(read({ creation_time: date }).recordedAtMs).toBe(Date.UTC(2019, 5, 1, hour, 30));
  });

  it('takes make and model from Android and from MXF cameras, not from MXF programs', () => {
    expect(
      read({ 'com.android.manufacturer': 'Google', 'com.android.model': 'Pixel 6' }),
    ).toMatchObject({ cameraMake: 'Google', cameraModel: 'Pixel 6' });
    expect(read({ company_name: 'SONY', product_name: 'PXW-Z90' })).toMatchObject({
      cameraMake: 'SONY',
      cameraModel: 'PXW-Z90',
    });
    expect(read({ company_name: 'FFmpeg', product_name: 'OP1a Muxer' })).toMatchObject({
      cameraMake: null,
      cameraModel: null,
    });
  });

  it('takes only time codes that are some', () => {
    expect(read({ timecode: '01:02:03;04' }).timecode).toBe('01:02:03;04');
    expect(read({ timecode: 'none' }).timecode).toBeNull();
  });
});

describe("ffprobe's complaints", () => {
  it.each([
    ['a.mp4: Permission denied', 'PERMISSION_DENIED', 'open'],
    ['a.mp4: Input/output error', 'IO_ERROR', 'open'],
    ["[concat] Format not on whitelist 'mov'\na.mkv: Invalid argument", 'NOT_MEDIA', 'probe'],
    ['[mov] moov atom not found\na.mp4: Invalid data found', 'DAMAGED', 'probe'],
    ['[matroska] EBML header parsing failed\na.mkv: Invalid data found', 'DAMAGED', 'probe'],
    ['a.ogv: End of file', 'DAMAGED', 'probe'],
    ['a.avi: Invalid data found when processing input', 'NOT_MEDIA', 'probe'],
    ['[mov] Number of streams exceeds max_streams parameter (1000)', 'DAMAGED', 'probe'],
  ])('%j means %s', (words, code, stage) => {
    expect(explainErrorOutput(words)).toMatchObject({ code, stage });
  });

  it('are quoted without folder, addresses and the list of what is allowed', () => {
    const words =
      "[concat @ 0x5581c0] Format not on whitelist 'mov,avi'\nfile:/films/a.mkv: Invalid";
    expect(excerptOf(words, '/films/a.mkv', 'a.mkv')).toBe(
      '[concat] Format not on whitelist\na.mkv: Invalid',
    );
  });
});
