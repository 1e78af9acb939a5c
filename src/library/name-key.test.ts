import { describe, expect, it } from 'vitest';
import { nameKey, pathKey } from './name-key';

function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function sorted(names: string[], key: (name: string) => string): string[] {
  return names.toSorted((left, right) => compareBytes(key(left), key(right)));
}

describe('the key of a name', () => {
  it.each([
    [['clip 2.mp4', 'clip 9.mp4', 'clip 10.mp4', 'clip 100.mp4']],
    [['1.mp4', '99999999.mp4', '100000000.mp4', `${'9'.repeat(40)}.mp4`]],
    [['a008.mov', 'a9.mov', 'a010.mov']],
    [['S1E2.mkv', 'S1E10.mkv', 'S2E1.mkv', 'S10E1.mkv']],
    [['alpha.mp4', 'Beta.mp4', 'gamma.mp4']],
    [['École.mp4', 'ecran.mp4', 'edit.mp4']],
    [['clip', 'clip.mp4', 'clip 2.mp4', 'clips.mp4']],
    [['.a', '.b']],
  ])('keeps %j in this order', (names) => {
    expect(sorted(names.toReversed(), nameKey)).toEqual(names);
  });

  it('is the same for names that differ only in case, accents or leading zeros', () => {
    expect(nameKey('Été 007.MP4')).toBe(nameKey('ete 7.mp4'));
  });
});

describe('the key of a folder', () => {
  it('sorts a folder before its contents, and those before the next folder', () => {
    const paths = ['/films', '/films/a', '/films/a/b', '/films 2', '/films 10'];
    expect(sorted(paths.toReversed(), pathKey)).toEqual(paths);
  });
});
