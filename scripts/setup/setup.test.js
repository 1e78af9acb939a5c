// @ts-check
import { describe, expect, it } from 'vitest';
import { needsCompiling } from './native-module.js';
import { nodeIsRecentEnough } from './node-version.js';
import { inStep } from './packages.js';
import { parseLdd } from './system-libraries.js';

describe('the Node version', () => {
  it.each([
    ['v18.20.0', false],
    ['v20.18.3', false],
    ['v20.19.0', true],
    ['v22.0.0', true],
    ['v24.1.0', true],
  ])('%s is recent enough: %s', (version, expected) => {
    expect(nodeIsRecentEnough(version)).toBe(expected);
  });
});

describe('whether better-sqlite3 must be compiled', () => {
  it.each([
    [9, '45.4.1', true],
    [10, '33.2.1', true],
    [9, '33.2.1', true],
    [10, '36.0.0', false],
    [10, '45.4.1', false],
  ])('Node-API %i in Node and Electron %s: %s', (nodeApi, electronVersion, expected) => {
    expect(needsCompiling({ nodeApi, electronVersion })).toBe(expected);
  });
});

describe('whether node_modules is in step with the lock file', () => {
  const locked = {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/only-on-macos': { version: '2.0.0', optional: true },
  };

  it('is when all is there, with or without optional packages', () => {
    expect(inStep(locked, { 'node_modules/a': { version: '1.0.0' } })).toBe(true);
    const all = { ...locked };
    expect(inStep(locked, all)).toBe(true);
  });

  it.each([
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/a': { version: '1.0.1' } }],
    [
      'an optional package has another version',
      {
        'node_modules/a': { version: '1.0.0' },
        'node_modules/only-on-macos': { version: '1.9.0' },
      },
    ],
    [
      'there is a package too many',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } },
    ],
  ])('is not when %s', (_, installed) => {
    expect(inStep(locked, installed)).toBe(false);
  });
});

describe('what ldd says', () => {
  it('tells the libraries that are there from those that are not', () => {
    const text = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibffmpeg.so => /app/dist/libffmpeg.so (0x00007f01)',
      '\tlibgtk-3.so.0 => not found',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f02)',
      '\tlibgtk-3.so.0 => not found',
      '\t/lib64/ld-linux-x86-64.so.2 (0x00007f03)',
    ].join('\n');
    expect(parseLdd(text)).toEqual({
      found: ['/app/dist/libffmpeg.so', '/lib/x86_64-linux-gnu/libc.so.6'],
      missing: ['libgtk-3.so.0'],
    });
  });
});
