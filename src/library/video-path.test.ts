import { describe, expect, it } from 'vitest';
import {
  absolutePath,
  isBelow,
  isWithin,
  lastName,
  normaliseRootPath,
  placeBelow,
} from './video-path';

describe('paths', () => {
  it.each([
    ['/media', '', 'a.mp4', '/media/a.mp4'],
    ['/media', 'x/y', 'a.mp4', '/media/x/y/a.mp4'],
    ['/', 'x', 'a.mp4', '/x/a.mp4'],
    ['C:\\', '', 'a.mp4', 'C:\\a.mp4'],
    ['D:\\films', 'x/y', 'a.mp4', 'D:\\films\\x\\y\\a.mp4'],
    ['\\\\nas\\share', 'x', 'a.mp4', '\\\\nas\\share\\x\\a.mp4'],
    ['/media', 'odd\\name', 'a.mp4', '/media/odd\\name/a.mp4'],
  ])('of root %j, folder %j and name %j make %j, and back', (root, folder, name, path) => {
    expect(absolutePath(root, folder, name)).toBe(path);
    expect(placeBelow(path, root)).toEqual({ folder, name });
  });

  it.each([
    ['/media/', '/media'],
    ['/media//', '/media'],
    ['/', '/'],
    ['C:\\', 'C:\\'],
    ['D:\\films\\', 'D:\\films'],
  ])('of a root %j are kept as %j', (path, kept) => {
    expect(normaliseRootPath(path)).toBe(kept);
  });

  it.each([
    ['/media/films', '/media', true],
    ['/media', '/media', false],
    ['/media 2', '/media', false],
    ['/media', '/', true],
    ['/', '/', false],
    ['C:\\films', 'C:\\', true],
  ])('%j below %j: %j', (path, folder, below) => {
    expect(isBelow(path, folder)).toBe(below);
  });

  it.each([
    ['trip/day', 'trip', true],
    ['trip', 'trip', true],
    ['trip 2', 'trip', false],
    ['anything', '', true],
  ])('%j within %j: %j', (folder, ancestor, within) => {
    expect(isWithin(folder, ancestor)).toBe(within);
  });

  it.each([
    ['/media/films', 'films'],
    ['D:\\films', 'films'],
    ['/', '/'],
  ])('%j is called %j', (path, name) => {
    expect(lastName(path)).toBe(name);
  });
});
