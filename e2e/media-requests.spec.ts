import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from './fixtures/clips';
import { expect, test } from './fixtures/test';
import type { VitrineApp, Workplace } from './fixtures/vitrine-app';

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Asks as the page does, but in main, where the policy of the page does not hide an answer. */
async function ask(
  app: VitrineApp,
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const { status, entries, body } = await app.electron.evaluate(
    async ({ net }, [address, given, verb]) => {
      const response = await net.fetch(address, { method: verb, headers: given });
      const bytes = Buffer.from(await response.arrayBuffer()).toString('base64');
      return { status: response.status, entries: [...response.headers], body: bytes };
    },
    [url, headers, method] as const,
  );
  return { status, headers: Object.fromEntries(entries), body: Buffer.from(body, 'base64') };
}

/** An open playback of a file that is played as it is. */
async function opened(
  app: VitrineApp,
  place: Workplace,
): Promise<{ address: string; bytes: Buffer; playbackId: string }> {
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  await app.scanned(folder);
  const [video] = await app.videos();
  const answer = await app.ask('player.open', { videoId: video?.id ?? 0 });
  if (answer.kind === 'unplayable') throw new Error(answer.reason);
  const { playbackId } = answer.playback;
  const address = `media://play/${playbackId}`;
  return { address, bytes: readFileSync(join(folder, 'a.mp4')), playbackId };
}

test('a file is answered whole or in the part that was asked for', async ({ app, place }) => {
  const { address, bytes } = await opened(app, place);
  const file = `${address}/file`;
  const size = bytes.length;
  const whole = await ask(app, file);
  expect(whole).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'video/mp4',
      'content-length': String(size),
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': 'app://vitrine',
    },
  });
  expect(whole.body.equals(bytes)).toBe(true);
  const parts = [
    ['bytes=0-99', 0, 100],
    ['bytes=100-', 100, size],
    ['bytes=-50', size - 50, size],
    [`bytes=10-${size * 2}`, 10, size],
  ] as const;
  for (const [range, start, end] of parts) {
    const part = await ask(app, file, { range });
    expect(part.status).toBe(206);
    expect(part.headers).toMatchObject({
      'content-range': `bytes ${start}-${end - 1}/${size}`,
      'content-length': String(end - start),
    });
    expect(part.body.equals(bytes.subarray(start, end))).toBe(true);
  }
  const beyond = await ask(app, file, { range: `bytes=${size}-` });
  expect(beyond).toMatchObject({ status: 416, headers: { 'content-range': `bytes */${size}` } });
  expect((await ask(app, file, { range: 'bytes=0-1', 'if-range': '"x"' })).status).toBe(200);
  const head = await ask(app, file, {}, 'HEAD');
  expect(head).toMatchObject({ status: 200, headers: { 'content-length': String(size) } });
  expect(head.body).toHaveLength(0);
});

test('whatever is not open, or no address, is not found', async ({ app, place }) => {
  const { address, playbackId } = await opened(app, place);
  const unknown = [
    `media://play/${'0'.repeat(32)}/file`,
    `${address}/`,
    `${address}/file/`,
    `${address}/subtitle/99`,
    `${address}/stream`,
    `${address}/../../../etc/passwd`,
    `${address}/%2e%2e/%2e%2e/etc/passwd`,
    `${address}%2Ffile`,
    `${address}/file%00`,
    `media://play/..%2f..%2fetc%2fpasswd`,
    `media://play/${playbackId.toUpperCase()}/file`,
    `media://elsewhere/${playbackId}/file`,
    `media://constructor/${playbackId}/file`,
  ];
  for (const url of unknown) expect([url, (await ask(app, url)).status]).toEqual([url, 404]);
  for (const method of ['POST', 'PUT', 'DELETE']) {
    expect((await ask(app, `${address}/file`, {}, method)).status).toBe(405);
  }
  await app.ask('player.close', { playbackId });
  expect((await ask(app, `${address}/file`)).status).toBe(404);
});
