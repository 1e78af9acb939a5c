import { describe, expect, it } from 'vitest';
import { rendererFile } from './renderer-file';

describe('rendererFile', () => {
  it('serves files below the folder', () => {
    expect(rendererFile('/out/renderer', 'app://vitrine/index.html')).toBe(
      '/out/renderer/index.html',
    );
    expect(rendererFile('/out/renderer', 'app://vitrine/')).toBe('/out/renderer/index.html');
    expect(rendererFile('/out/renderer', 'app://vitrine/assets/a.js?v=1#x')).toBe(
      '/out/renderer/assets/a.js',
    );
  });
  it.each([
    'app://vitrine/../main/index.js',
    'app://vitrine/%2e%2e/main/index.js',
    'app://vitrine/..%2fmain/index.js',
    'app://vitrine/assets/..%2f..%2f..%2fetc%2fpasswd',
    'app://vitrine/%00',
    'app://vitrine/%E0%A4%A',
    'app://other/index.html',
    'app://vitrine.example.com/index.html',
    'file:///etc/passwd',
    'nonsense',
  ])('never leaves the folder for %s', (url) => {
    const file = rendererFile('/out/renderer', url);
    if (file !== null) expect(file.startsWith('/out/renderer/')).toBe(true);
    expect(file).not.toBe('/out/main/index.js');
  });
});
