import { describe, expect, it } from 'vitest';
import { matchMoves } from './move-matching';

function places(paths: readonly string[], earlier = false) {
  return paths.map((path) => {
    const cut = path.lastIndexOf('/');
    return { path, folder: path.slice(0, Math.max(0, cut)), name: path.slice(cut + 1), earlier };
  });
}

/** Old paths with the new ones that they were found at. */
function matched(gone: string[], found: string[], missedBefore: string[] = []) {
  const departures = [...places(gone), ...places(missedBefore, true)];
  const pairs = matchMoves(departures, places(found));
  return Object.fromEntries(pairs.map(([from, to]) => [from.path, to.path]));
}

describe('files with the same content', () => {
  it('are one when one went and one came', () => {
    expect(matched(['a.mp4'], ['x/b.mp4'])).toEqual({ 'a.mp4': 'x/b.mp4' });
  });

  it('are told apart by their names', () => {
    const pairs = { 'a.mp4': 'x/a.mp4', 'b.mp4': 'x/b.mp4' };
    expect(matched(['a.mp4', 'b.mp4'], ['x/b.mp4', 'x/a.mp4'])).toEqual(pairs);
  });

  it('are told apart by names that differ in case', () => {
    const pairs = { 'a.mp4': 'A.MP4', 'b.mp4': 'B.MP4' };
    expect(matched(['a.mp4', 'b.mp4'], ['A.MP4', 'B.MP4'])).toEqual(pairs);
  });

  it('of equal names are told apart by their folders', () => {
    expect(matched(['x/1/a.mp4', 'x/2/a.mp4'], ['y/1/a.mp4', 'y/2/a.mp4'])).toEqual({
      'x/1/a.mp4': 'y/1/a.mp4',
      'x/2/a.mp4': 'y/2/a.mp4',
    });
    expect(matched(['trip/a.mp4'], ['new/trip/a.mp4', 'b/a.mp4'])).toEqual({
      'trip/a.mp4': 'new/trip/a.mp4',
    });
  });

  it('of other names are told apart by their folders', () => {
    expect(matched(['1/a.mp4', '2/b.mp4'], ['1/x.mp4', '2/y.mp4'])).toEqual({
      '1/a.mp4': '1/x.mp4',
      '2/b.mp4': '2/y.mp4',
    });
  });

  it('are told apart by what is left when the others have found each other', () => {
    expect(matched(['a.mp4', 'b.mp4'], ['c.mp4', 'x/a.mp4'])).toEqual({
      'a.mp4': 'x/a.mp4',
      'b.mp4': 'c.mp4',
    });
  });

  it('are not told apart where nothing tells', () => {
    expect(matched(['a.mp4', 'b.mp4'], ['c.mp4'])).toEqual({});
    expect(matched(['a.mp4'], ['b.mp4', 'c.mp4'])).toEqual({});
    expect(matched(['a.mp4', 'b.mp4'], ['c.mp4', 'd.mp4'])).toEqual({});
    expect(matched(['a.mp4'], ['x/a.mp4', 'y/a.mp4'])).toEqual({});
  });

  it('belong to what went just now rather than to what was missed before', () => {
    expect(matched(['a.mp4'], ['b.mp4'], ['old.mp4'])).toEqual({ 'a.mp4': 'b.mp4' });
    expect(matched([], ['b.mp4'], ['old.mp4'])).toEqual({ 'old.mp4': 'b.mp4' });
    expect(matched(['a.mp4', 'c.mp4'], ['old.mp4'], ['x/old.mp4'])).toEqual({});
    expect(matched(['a.mp4'], ['x/a.mp4', 'old.mp4'], ['old.mp4'])).toEqual({
      'a.mp4': 'x/a.mp4',
      'old.mp4': 'old.mp4',
    });
  });

  it('find the same places when some of the pairs are made already', () => {
    const gone = ['a.mp4', 'b.mp4', '1/c.mp4', '2/c.mp4'];
    const found = ['x/1/c.mp4', 'a.mp4x', 'x/b.mp4', 'y/2/c.mp4', 'x/a.mp4'];
    const all = matched(gone, found);
    for (const done of Object.keys(all)) {
      const left = matched(
        gone.filter((path) => path !== done),
        found.filter((path) => path !== all[done]),
      );
      expect({ ...left, [done]: all[done] }).toEqual(all);
    }
  });
});
