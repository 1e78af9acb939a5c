import { describe, expect, it } from 'vitest';
import { innermost, isAtOrBelow, rebase } from './mount-path';

const at = (mountPoint: string, id = 0) => ({ mountPoint, id });

describe('mount points', () => {
  it.each([
    ['/media/usb/a', '/media/usb', true],
    ['/media/usb', '/media/usb', true],
    ['/media/usb2', '/media/usb', false],
    ['/anything', '/', true],
  ])('%s lies at or below %s: %s', (path, folder, answer) => {
    expect(isAtOrBelow(path, folder)).toBe(answer);
  });

  it('are seen through the innermost', () => {
    const mounts = [at('/'), at('/media/usb'), at('/media')];
    expect(innermost(mounts, '/media/usb/clips')?.mountPoint).toBe('/media/usb');
    expect(innermost(mounts, '/media/usb2')?.mountPoint).toBe('/media');
    expect(innermost(mounts, '/home')?.mountPoint).toBe('/');
    expect(innermost([at('/media')], '/home')).toBeNull();
  });

  it('at one place are hidden by the last one', () => {
    expect(innermost([at('/', 1), at('/nas', 2), at('/nas', 3)], '/nas/clips')?.id).toBe(3);
  });

  it.each([
    ['/media/usb/a/b', '/media/usb', '/', '/a/b'],
    ['/media/usb', '/media/usb', '/', '/'],
    ['/a/b', '/', '/media/usb', '/media/usb/a/b'],
    ['/', '/', '/media/usb', '/media/usb'],
    ['/bind/b', '/bind', '/data/a', '/data/a/b'],
  ])('%s below %s is %s seen from there: %s', (path, from, to, rebased) => {
    expect(rebase(path, from, to)).toBe(rebased);
  });
});
