import { expect, it } from 'vitest';
import type { EditDescription } from './edit';
import { editWords } from './edit-words';

it.each<[EditDescription, string]>([
  [
    { type: 'addTags', videos: 10_000, tags: ['holiday', 'sea'] },
    'Tag 10,000 videos “holiday”, “sea”',
  ],
  [{ type: 'removeTags', videos: 1, tags: ['sea'] }, 'Take “sea” off 1 video'],
  [{ type: 'rate', videos: 2, rating: null }, 'Take the rating of 2 videos away'],
  [{ type: 'rate', videos: 2, rating: 1 }, 'Rate 2 videos 1 star'],
  [{ type: 'favourite', videos: 2, favourite: false }, 'Take 2 videos out of the favourites'],
  [{ type: 'note', videos: 1, cleared: true }, 'Delete the note of 1 video'],
  [{ type: 'mergeTags', tags: ['a', 'b'], into: 'c' }, 'Merge the tags “a”, “b” into “c”'],
  [{ type: 'addToCollection', name: 'Best of', videos: 3 }, 'Add 3 videos to “Best of”'],
])('an edit is named: %j', (edit, words) => {
  expect(editWords(edit, 'en-GB')).toBe(words);
});
