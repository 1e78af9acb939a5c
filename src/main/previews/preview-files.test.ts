import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { previewFile } from '../../shared/preview';
import { servePreview } from './preview-files';

const TOKEN = '0123456789abcdef0123456789abcdef';
const address = (token: string, image: string) => `media://preview/${token}/${image}`;

/** As much of a WebP file as anybody but a browser looks at. */
function webp(content: string): Buffer {
  const bytes = Buffer.from(`RIFF....WEBP${content}`);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  return bytes;
}

/** A cache with both pictures of one token. */
async function cache() {
  const outside = await mkdtemp(join(tmpdir(), 'vitrine-cache-'));
  onTestFinished(() => rm(outside, { recursive: true, force: true }));
  const folder = join(outside, 'previews');
  for (const image of ['poster', 'filmstrip'] as const) {
    const path = join(folder, previewFile(TOKEN, image));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, webp(image));
  }
  await writeFile(join(outside, 'secret'), 'secret');
  const served: string[] = [];
  const get = (url: string, method = 'GET') =>
    servePreview({ method, url }, { folder, onServed: (token) => served.push(token) });
  return { outside, folder, served, get };
}

describe('a preview', () => {
  it.each(['poster', 'filmstrip'])('is served as %s, to be kept for ever', async (image) => {
    const { get, served } = await cache();
    const response = await get(address(TOKEN, image));
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(webp(image));
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'private, max-age=31536000, immutable',
      'content-length': String(webp(image).length),
      'content-type': 'image/webp',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(served).toEqual([TOKEN]);
  });

  it.each([
    ['a token that nobody gave out', address('f'.repeat(32), 'poster')],
    ['an unknown image', address(TOKEN, 'secret')],
    ['no image', `media://preview/${TOKEN}`],
    ['a folder', `media://preview/${TOKEN}/`],
    ['something below', address(TOKEN, 'poster/')],
    ['a token of another length', address(TOKEN.slice(1), 'poster')],
    ['upper case', address(TOKEN.toUpperCase(), 'poster')],
    ['a step back', address(`${TOKEN}/../../..`, 'secret')],
    ['an encoded step back', address(TOKEN, '..%2f..%2f..%2fsecret')],
    ['an encoded slash', `media://preview/${TOKEN}%2fposter`],
    ['an encoded letter', address(TOKEN, 'p%6fster')],
    ['a zero byte', address(TOKEN, 'poster%00')],
    ['a query', address(TOKEN, 'poster?x')],
    ['another host', `media://previews/${TOKEN}/poster`],
    ['another scheme', `file://preview/${TOKEN}/poster`],
    ['words around it', `x media://preview/${TOKEN}/poster`],
    ['a line after it', `media://preview/${TOKEN}/poster\n`],
  ])('is not found for %s', async (_what, url) => {
    const { get, served } = await cache();
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('Not found');
    expect(served).toEqual([]);
  });

  it.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])(
    'is not to be had by %s',
    async (method) => {
      const { get } = await cache();
      const response = await get(address(TOKEN, 'poster'), method);
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET');
    },
  );

  it.each([
    ['nothing', 0],
    ['the beginning', 12],
  ])('is not found where %s is left of its file', async (_what, bytes) => {
    const { get, folder } = await cache();
    await truncate(join(folder, previewFile(TOKEN, 'poster')), bytes);
    expect((await get(address(TOKEN, 'poster'))).status).toBe(404);
  });

  it('is not found where its file is a folder', async () => {
    const { get, folder } = await cache();
    const path = join(folder, previewFile(TOKEN, 'poster'));
    await rm(path);
    await mkdir(path);
    expect((await get(address(TOKEN, 'poster'))).status).toBe(404);
  });

  it.skipIf(process.platform === 'win32')(
    'is not waited for where its file is a pipe',
    async () => {
      const { get, folder } = await cache();
      const path = join(folder, previewFile(TOKEN, 'poster'));
      await rm(path);
      await promisify(execFile)('mkfifo', [path]);
      expect((await get(address(TOKEN, 'poster'))).status).toBe(404);
    },
  );

  it.skipIf(process.platform === 'win32')('is not what a link leads to', async () => {
    const { get, folder, outside } = await cache();
    const path = join(folder, previewFile(TOKEN, 'poster'));
    await rm(path);
    await symlink(join(outside, 'secret'), path);
    expect((await get(address(TOKEN, 'poster'))).status).toBe(404);

    const elsewhere = 'ff'.repeat(16);
    await mkdir(join(outside, 'ff'));
    await writeFile(join(outside, previewFile(elsewhere, 'poster')), 'secret');
    await symlink(join(outside, 'ff'), join(folder, 'ff'));
    expect((await get(address(elsewhere, 'poster'))).status).toBe(404);
  });
});
