import { describe, expect, it } from 'vitest';
import { parseLaunch } from './arguments';

describe('parseLaunch', () => {
  it('opens a window when nothing is said', () => {
    expect(parseLaunch(['vitrine'], false)).toEqual({
      mode: 'window',
      libraryPath: null,
      folders: [],
    });
  });
  it('leaves out the app folder in development, wherever switches stand', () => {
    expect(parseLaunch(['electron', '--no-sandbox', '.', '/clips'], true)).toEqual({
      mode: 'window',
      libraryPath: null,
      folders: ['/clips'],
    });
  });
  it.each([[['--library', '/lib']], [['--library=/lib']]])('takes the library from %j', (argv) => {
    expect(parseLaunch(['vitrine', ...argv, '/a', '/b'], false)).toEqual({
      mode: 'window',
      libraryPath: '/lib',
      folders: ['/a', '/b'],
    });
  });
  it("ignores Chromium's switches", () => {
    expect(
      parseLaunch(['vitrine', '--inspect=0', '--remote-debugging-port=0'], false),
    ).toMatchObject({ folders: [] });
  });
  it('gives everything behind --cli to the command line', () => {
    expect(
      parseLaunch(['electron', '--no-sandbox', '.', '--cli', 'scan', '/a', '--json'], true),
    ).toEqual({
      mode: 'cli',
      arguments: ['scan', '/a', '--json'],
    });
  });
});
