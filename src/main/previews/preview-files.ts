import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  PREVIEW_IMAGE_TYPE,
  PREVIEW_IMAGES,
  type PreviewImage,
  previewFile,
  previewTokenSchema,
} from '../../shared/preview';

/** The whole address: nothing is decoded, and nothing else is served. */
const ADDRESS = new RegExp(`^media://preview/([^/]+)/(${PREVIEW_IMAGES.join('|')})$`);

const HEADERS = {
  'content-type': PREVIEW_IMAGE_TYPE,
  // A token never names another picture.
  'cache-control': 'private, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  // To the browser the page is of another site than its pictures. No other page than ours is ever loaded.
  'cross-origin-resource-policy': 'cross-origin',
};

interface PreviewFilesOptions {
  /** Absolute path of the preview cache. */
  folder: string;
  /** A picture was given out. */
  onServed(token: string): void;
}

/** Answers `media://preview/<token>/poster` and `…/filmstrip` from the preview cache. */
export async function servePreview(
  { method, url }: Pick<Request, 'method' | 'url'>,
  { folder, onServed }: PreviewFilesOptions,
): Promise<Response> {
  if (method !== 'GET') {
    return new Response('Method not allowed', { status: 405, headers: { allow: 'GET' } });
  }
  const wanted = parseAddress(url);
  const content = wanted && (await readImage(folder, previewFile(wanted.token, wanted.image)));
  if (!content) return new Response('Not found', { status: 404 });
  onServed(wanted.token);
  return new Response(content, {
    headers: { ...HEADERS, 'content-length': String(content.byteLength) },
  });
}

function parseAddress(url: string): { token: string; image: PreviewImage } | null {
  const [, token, image] = ADDRESS.exec(url) ?? [];
  if (!previewTokenSchema.safeParse(token).success) return null;
  return { token, image } as { token: string; image: PreviewImage };
}

/** Neither follows a link nor waits for who writes to a pipe. */
const WITHOUT_SURPRISES = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Null when it is not there, or not a file of the cache's own: a link could lead anywhere. */
async function readImage(folder: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  let file: FileHandle | null = null;
  try {
    const absolute = join(folder, path);
    if (!(await lstat(dirname(absolute))).isDirectory()) return null;
    // Windows knows no such flags: there it is asked before.
    if (constants.O_NOFOLLOW === undefined && !(await lstat(absolute)).isFile()) return null;
    file = await open(absolute, constants.O_RDONLY | WITHOUT_SURPRISES);
    if (!(await file.stat()).isFile()) return null;
    const content = await file.readFile();
    return isWhole(content) ? content : null;
  } catch {
    // Whatever the reason, to the page it is a picture that is not there: it has it made again.
    return null;
  } finally {
    await file?.close();
  }
}

const RIFF_HEADER_BYTES = 8;

/**
 * Whether nothing is cut off, of which browsers make half a picture without a word: a WebP file begins with `RIFF` and
 * the number of bytes that follow (https://developers.google.com/speed/webp/docs/riff_container).
 */
function isWhole(content: Buffer): boolean {
  return (
    content.length > RIFF_HEADER_BYTES &&
    content.toString('latin1', 0, 4) === 'RIFF' &&
    content.readUInt32LE(4) === content.length - RIFF_HEADER_BYTES
  );
}
