import { describe, expect, it } from 'vitest';
import { PLAYER_ACTIONS, playerKeyLabel, playerKeyOf } from './player-keys';

const keys = (key: string, change: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});

describe('the player’s keys', () => {
  it.each([
    [' ', 'toggle-play'],
    ['k', 'toggle-play'],
    ['j', 'back-10'],
    ['l', 'forward-10'],
    ['ArrowLeft', 'back-5'],
    ['ArrowRight', 'forward-5'],
    [',', 'previous-frame'],
    ['.', 'next-frame'],
    ['[', 'slower'],
    [']', 'faster'],
    ['Backspace', 'normal-speed'],
    ['ArrowUp', 'louder'],
    ['ArrowDown', 'quieter'],
    ['n', 'next-video'],
    ['p', 'previous-video'],
    ['Escape', 'close'],
  ])('takes “%s” as %s', (key, action) => {
    expect(playerKeyOf(keys(key))).toEqual({ action });
  });

  it('tells Shift from no Shift only where that means something', () => {
    const shiftKey = true;
    expect(playerKeyOf(keys('ArrowLeft', { shiftKey }))).toEqual({ action: 'back-1' });
    expect(playerKeyOf(keys('N', { shiftKey }))).toEqual({ action: 'next-video' });
    expect(playerKeyOf(keys('M', { shiftKey }))).toBeNull();
    expect(playerKeyOf(keys('M'))).toEqual({ action: 'toggle-mute' });
  });

  it('jumps to a tenth by its digit, also where digits need Shift', () => {
    expect(playerKeyOf(keys('0'))).toEqual({ share: 0 });
    expect(playerKeyOf(keys('7', { shiftKey: true }))).toEqual({ share: 0.7 });
  });

  it('takes brackets from keyboards that need Alt or AltGr for them', () => {
    expect(playerKeyOf(keys('[', { altKey: true }))).toEqual({ action: 'slower' });
    expect(playerKeyOf(keys(']', { altKey: true, ctrlKey: true }))).toEqual({ action: 'faster' });
  });

  it.each([
    ['k', { ctrlKey: true }],
    ['k', { metaKey: true }],
    ['ArrowLeft', { altKey: true }],
    [',', { ctrlKey: true }],
    ['1', { metaKey: true }],
    ['x', {}],
    ['Tab', {}],
  ] as const)('leaves “%s” with %o to others', (key, change) => {
    expect(playerKeyOf(keys(key, change))).toBeNull();
  });

  it('are written for every action', () => {
    expect(PLAYER_ACTIONS.map(playerKeyLabel).filter((label) => label === '')).toEqual([]);
    expect(playerKeyLabel('toggle-play')).toBe('Space');
    expect(playerKeyLabel('back-1')).toBe('Shift+←');
    expect(playerKeyLabel('next-subtitle')).toBe('C');
  });
});
