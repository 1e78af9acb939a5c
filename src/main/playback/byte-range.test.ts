import { describe, expect, it } from 'vitest';
import { wantedBytes } from './byte-range';

describe('wantedBytes', () => {
  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=0-99', 0, 100],
    ['bytes=10-', 10, 1000],
    ['bytes=999-', 999, 1000],
    ['bytes=990-5000', 990, 1000],
    ['bytes=-1', 999, 1000],
    ['bytes=-5000', 0, 1000],
    [' BYTES=5-6 ', 5, 7],
  ])('%s of a thousand bytes are those from %i to %i', (header, start, end) => {
    expect(wantedBytes(header, 1000)).toEqual({ kind: 'part', start, end });
  });

  it.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('%s cannot be satisfied', (header) => {
    expect(wantedBytes(header, 1000)).toEqual({ kind: 'unsatisfiable' });
  });

  it.each(['bytes=0-', 'bytes=-1'])('%s of an empty file cannot be satisfied', (header) => {
    expect(wantedBytes(header, 0)).toEqual({ kind: 'unsatisfiable' });
  });

  it.each([
    null,
    '',
    'bytes=-',
    'bytes=5-2',
    'bytes=0-1,5-6',
    'lines=0-1',
    'bytes=a-b',
    'bytes=1-2x',
  ])('%s is answered with the whole file', (header) => {
    expect(wantedBytes(header, 1000)).toEqual({ kind: 'whole' });
  });
});
