import { describe, expect, it } from 'vitest';
import { formatCount } from '../../format/number';
import { formatSize } from '../../format/size';
import { cacheSentence } from './cache-words';

describe('what is said of the previews', () => {
  it.each([
    [{ bytes: 0, count: 0, due: 0 }, 'There are no previews yet.'],
    [{ bytes: 0, count: 0, due: 40 }, 'There are no previews yet: 40 videos have none.'],
    [{ bytes: 0, count: 0, due: 1 }, 'There are no previews yet: 1 video has none.'],
    [{ bytes: 9_000, count: 1, due: 0 }, `The previews of 1 video take ${formatSize(9_000)}.`],
    [
      { bytes: 3_000_000, count: 1_200, due: 1 },
      `The previews of ${formatCount(1_200)} videos take ${formatSize(3_000_000)}. 1 video has none yet.`,
    ],
    [
      { bytes: 9_000, count: 2, due: 0, withoutFilmstrip: 2 },
      `The previews of 2 videos take ${formatSize(9_000)}. 2 videos have no filmstrip yet.`,
    ],
  ])('of %j', (cache, sentence) => {
    expect(cacheSentence({ withoutFilmstrip: 0, ...cache })).toBe(sentence);
  });
});
