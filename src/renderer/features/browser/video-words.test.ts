import { describe, expect, it } from 'vitest';
import type { VideoSummary } from '../../../shared/media';
import { fakeVideo } from '../../testing/fake-video';
import { badgesOf, factLine } from './video-words';

const video = (change: Partial<VideoSummary>): VideoSummary => ({
  ...fakeVideo(1, { rootId: 1, path: '/videos' }),
  state: 'ok',
  probeLevel: 'full',
  width: 3840,
  height: 2160,
  frameRate: '25/1',
  videoCodec: 'hevc',
  hdr: null,
  variableFrameRate: false,
  problem: null,
  ...change,
});

describe('factLine', () => {
  it('gives resolution, rate and codec, and leaves out what is not known', () => {
    expect(factLine(video({}))).toBe('4K · 25 fps · HEVC');
    expect(factLine(video({ frameRate: null, width: null }))).toBe('HEVC');
  });

  it('gives the reason of an unreadable file and says when one is not read yet', () => {
    const problem = { code: 'EMPTY_FILE', message: 'empty' } as const;
    expect(factLine(video({ state: 'unreadable', problem }))).toBe('The file is empty');
    expect(factLine(video({ probeLevel: 'none' }))).toBe('Reading…');
  });
});

describe('badgesOf', () => {
  it('shows at most two, the picture before the rate', () => {
    expect(badgesOf(video({ hdr: 'HLG', variableFrameRate: true }))).toEqual(['4K', 'HDR']);
    expect(badgesOf(video({ width: 1920, height: 1080, variableFrameRate: true }))).toEqual([
      'VFR',
    ]);
    expect(badgesOf(video({ width: 1920, height: 1080 }))).toEqual([]);
  });
});
