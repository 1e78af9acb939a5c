import { describe, expect, it } from 'vitest';
import { statFields, totalCpuSeconds, usageBetween } from './process-usage';

describe('processor time out of /proc', () => {
  it('is found behind a name with brackets and spaces', () => {
    const text = '7 (a (b) c) S 1 7 7 0 -1 4194560 100 200 0 0 31 12 500 40 20 0 9 0 77 0 0';
    expect(statFields(text)).toEqual({ cpuTicks: 43, childrenCpuTicks: 540 });
  });
});

describe('usage between two looks', () => {
  const media = { name: 'media', peakMegabytes: 80, cpuSeconds: 2, childrenCpuSeconds: 1 };

  it('leaves out what was used before, and keeps the peak of memory', () => {
    const later = { ...media, peakMegabytes: 90, cpuSeconds: 5, childrenCpuSeconds: 11 };
    const used = usageBetween([media], [later]);
    expect(used).toEqual([
      { name: 'media', peakMegabytes: 90, cpuSeconds: 3, childrenCpuSeconds: 10 },
    ]);
    expect(totalCpuSeconds(used)).toBe(13);
  });

  it('counts all that a process used which was not there before', () => {
    expect(usageBetween([], [media])).toEqual([media]);
  });
});
