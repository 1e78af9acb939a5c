import { expect, it } from 'vitest';
import { ERROR_CODES } from '../../../shared/errors';
import { describeLibraryFailure } from './library-failure-words';

it.each(ERROR_CODES)('says what %s means for the library, as plain sentences', (code) => {
  const { title, meaning, action } = describeLibraryFailure({ code });
  expect(title).toMatch(/^[A-Z].*[^.]$/);
  for (const sentence of [meaning, action].filter((text) => text !== '')) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  }
});

it('promises that nothing was deleted where the library is damaged', () => {
  expect(describeLibraryFailure({ code: 'LIBRARY_CORRUPT' }).meaning).toMatch(
    /Nothing was deleted/,
  );
});
