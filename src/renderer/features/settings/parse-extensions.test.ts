import { describe, expect, it } from 'vitest';
import { extensionSchema } from '../../../shared/settings';
import { parseExtensions } from './parse-extensions';

describe('parseExtensions', () => {
  it.each<[text: string, extensions: string[], invalid: string[]]>([
    ['', [], []],
    [' , ;', [], []],
    ['xyz', ['xyz'], []],
    ['.xyz, cam', ['xyz', 'cam'], []],
    ['xyz cam\tdvr-ms;a_b', ['xyz', 'cam', 'dvr-ms', 'a_b'], []],
    ['.XYZ ..Cam', ['xyz', 'cam'], []],
    ['xyz .xyz XYZ', ['xyz'], []],
    ['360', ['360'], []],
    ['xyz, *.cam, tar.gz', ['xyz'], ['*.cam', 'tar.gz']],
    ['Größe größe Größe', [], ['Größe', 'größe']],
    ['. -x _x', [], ['.', '-x', '_x']],
    ['abcdefghijklmnop abcdefghijklmnopq', ['abcdefghijklmnop'], ['abcdefghijklmnopq']],
  ])('reads %j', (text, extensions, invalid) => {
    expect(parseExtensions(text)).toEqual({ extensions, invalid });
  });

  it.each(['x', '-x', 'x-', 'x.y', '7', 'ä', 'x'.repeat(16), 'x'.repeat(17)])(
    'takes %s exactly when the library would',
    (word) => {
      const taken = parseExtensions(word).extensions.length === 1;
      expect(taken).toBe(extensionSchema.safeParse(word).success);
    },
  );
});
