import { expect, it } from 'vitest';
import { printable } from './output';

it('takes from a name what would command the terminal or end the line, and nothing else', () => {
  expect(printable('a\u001b[2Jb\nc\u009bd\re')).toBe('a\ufffd[2Jb\ufffdc\ufffdd\ufffde');
  expect(printable('Été 日本 🎬\tok')).toBe('Été 日本 🎬\tok');
});
