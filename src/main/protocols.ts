import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { protocol } from 'electron';
import { type MediaHost, routeMedia } from './media-router';
import { rendererFile } from './renderer-file';

const RENDERER_FOLDER = join(import.meta.dirname, '../renderer');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Inline styles are needed by the component library's positioning; scripts come from our files only. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' media:",
  // What is made while it plays comes through a media source, which has a blob's address.
  'media-src media: blob:',
  "font-src 'self'",
  "connect-src 'self' media:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Must run before the app is ready. */
export function declareSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
    {
      scheme: 'media',
      privileges: {
        ...{ standard: true, secure: true, supportFetchAPI: true, stream: true },
        // So that the page may draw a frame and look at it.
        corsEnabled: true,
      },
    },
  ]);
}

/** Serves the built pages as `app://vitrine/…`; anything outside their folder is not found. */
export function serveRenderer(): void {
  protocol.handle('app', (request) => respond(request.url));
}

/** Serves pictures and videos as `media://<host>/…`. */
export function serveMedia(hosts: Readonly<Record<string, MediaHost>>): void {
  protocol.handle('media', (request) => routeMedia(request, hosts));
}

async function respond(url: string): Promise<Response> {
  const file = rendererFile(RENDERER_FOLDER, url);
  const type = file && CONTENT_TYPES[extname(file)];
  if (!file || !type) return notFound();
  try {
    const { size } = await stat(file);
    return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, {
      headers: {
        'content-type': type,
        'content-length': String(size),
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      },
    });
  } catch {
    // Whatever the reason, to the page it is a file that is not there.
    return notFound();
  }
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
}
