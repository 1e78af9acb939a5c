import { describe, expect, it } from 'vitest';
import type { Lane } from '../../shared/library-protocol';
import { fullLanes, jobsAtATime, jobsOnVolume, probesOnVolume } from './lanes';

const lanes = (...names: string[]): Lane[] =>
  names.map((name) => {
    const [key = '', volume = ''] = name.split(' ');
    return { key, volume: volume as Lane['volume'] };
  });

describe('jobs side by side', () => {
  it.each([
    ['rotational', null, 1, 2],
    ['network', null, 1, 2],
    ['solid-state', null, 6, null],
    ['unknown', null, 2, null],
    ['rotational', 3, 3, 2],
    ['solid-state', 1, 1, null],
  ] as const)('on a %s drive with the setting %s are %i, with %s files each', (...row) => {
    const [volume, setting, jobs, probes] = row;
    expect(jobsOnVolume(volume, setting, 6)).toBe(jobs);
    expect(probesOnVolume(volume)).toBe(probes);
  });

  it('on all drives together are four at least and eight at most', () => {
    expect([1, 2, 6, 64].map(jobsAtATime)).toEqual([4, 4, 6, 8]);
  });
});

describe('a lane', () => {
  it('is full when as many jobs run in it as its drive bears', () => {
    const running = lanes('a rotational', 'b solid-state', 'c unknown', 'c unknown', 'd network');
    expect(fullLanes(running, null, 4)).toEqual(['a', 'c', 'd']);
  });

  it('is full by what the person set, whatever the drive', () => {
    expect(fullLanes(lanes('a rotational', 'b solid-state'), 2, 4)).toEqual([]);
    expect(fullLanes(lanes('a rotational', 'b solid-state', 'b solid-state'), 2, 1)).toEqual(['b']);
  });

  it('is free when nothing runs', () => {
    expect(fullLanes([], 1, 1)).toEqual([]);
  });
});
