import { describe, expect, it } from 'vitest';
import { SOFTWARE_ENCODER } from './encoders';
import { planPicture } from './picture-plan';
import { videoStream } from './testing/stream-facts';

const planned = (rest: Parameters<typeof videoStream>[0]) =>
  planPicture(videoStream(rest), SOFTWARE_ENCODER, null);
const scaleOf = (width: number, height: number) =>
  planned({ width, height }).filters.find((filter) => filter.startsWith('scale='));

describe('planPicture', () => {
  it.each([
    [1920, 1080, '1920:1080'],
    [3840, 2160, '1920:1080'],
    [2160, 3840, '1080:1920'],
    [3840, 1600, '1920:800'],
    [769, 577, '770:578'],
    [160, 120, '160:120'],
  ])('brings %i × %i to %s', (width, height, size) => {
    expect(scaleOf(width, height)).toBe(`scale=${size}:flags=bilinear`);
  });

  it('takes half pictures apart, always where the stream says so and else where a frame does', () => {
    expect(planned({ fieldOrder: 'tt' }).filters).toContain('yadif');
    const unknown = planned({ codec: 'mpeg2video', fieldOrder: null }).filters;
    expect(unknown).toContain('yadif=deint=interlaced');
    expect(planned({}).filters.join()).not.toContain('yadif');
  });

  it('brings high dynamic range to what a screen shows', () => {
    const { filters, colourMatrix } = planned({
      hdr: 'PQ',
      colourTransfer: 'smpte2084',
      width: 3840,
      height: 2160,
    });
    expect(filters.join()).toContain('tonemap');
    expect(filters.join()).toContain('scale=1280:720');
    expect(colourMatrix).toBe('bt709');
  });

  it('keeps the frame rate up to what anybody sees, and the times where it means nothing', () => {
    expect(planned({ averageFrameRate: '30000/1001' })).toMatchObject({ frameRate: '30000/1001' });
    expect(planned({ averageFrameRate: '240/1' })).toMatchObject({ frameRate: '60' });
    for (const averageFrameRate of [null, '0/1', '1/10']) {
      expect(planned({ averageFrameRate })).toMatchObject({ frameRate: null, frameSeconds: null });
    }
  });
});
