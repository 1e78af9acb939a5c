import { describe, expect, it } from 'vitest';
import { commandOf, shortcutLabel } from './shortcuts';

const keys = (key: string, change: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});

describe('commandOf', () => {
  it.each([
    ['f', 'find'],
    ['1', 'show-grid'],
    ['2', 'show-table'],
    ['b', 'toggle-sidebar'],
    ['i', 'toggle-inspector'],
    ['o', 'add-folder'],
    ['j', 'show-jobs'],
    [',', 'show-settings'],
    ['k', 'show-palette'],
    ['z', 'undo'],
    ['y', 'redo'],
  ])('knows %s with the platform’s own modifier as %s', (key, command) => {
    expect(commandOf(keys(key, { ctrlKey: true }), false)).toBe(command);
    expect(commandOf(keys(key, { metaKey: true }), true)).toBe(command);
    expect(commandOf(keys(key, { ctrlKey: true }), true)).toBeNull();
    expect(commandOf(keys(key), false)).toBeNull();
  });

  it('takes Escape alone, and no shortcut with further modifiers', () => {
    expect(commandOf(keys('Escape'), false)).toBe('back');
    expect(commandOf(keys('Escape', { ctrlKey: true }), false)).toBeNull();
    expect(commandOf(keys('I', { ctrlKey: true, shiftKey: true }), false)).toBeNull();
  });

  it('knows the one with Shift', () => {
    expect(commandOf(keys('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('redo');
    expect(shortcutLabel('Shift+Z', 'win32')).toBe('Ctrl+Shift+Z');
    expect(shortcutLabel('Shift+Z', 'darwin')).toBe('⇧⌘Z');
  });

  it('writes shortcuts as the platform does', () => {
    expect([shortcutLabel('F', 'darwin'), shortcutLabel('F', 'win32')]).toEqual(['⌘F', 'Ctrl+F']);
  });
});
