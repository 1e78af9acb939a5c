import { expect, it } from 'vitest';
import { actionOfKey } from './problem-keys';

const keys = (key: string, change = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...change,
});

it.each([
  [' ', 'tick'],
  ['Enter', 'inspect'],
  ['r', 'retry'],
  ['R', 'retry'],
  ['Delete', 'dismiss'],
  ['Backspace', 'dismiss'],
  ['c', null],
  ['ArrowDown', null],
])('the key “%s” on a problem’s row stands for %s', (key, action) => {
  expect(actionOfKey(keys(key))).toBe(action);
});

it('copies with the platform’s modifier, and leaves other combinations alone', () => {
  expect(actionOfKey(keys('c', { ctrlKey: true }))).toBe('copy');
  expect(actionOfKey(keys('C', { metaKey: true }))).toBe('copy');
  expect(actionOfKey(keys('r', { ctrlKey: true }))).toBeNull();
  expect(actionOfKey(keys('Delete', { altKey: true }))).toBeNull();
});
