import { VitrineError } from '../../shared/errors';
import { MAX_CHUNK_BYTES, type StreamWish } from '../../shared/playback-protocol';
import type { MediaHost } from '../media-router';
import { wantedBytes } from './byte-range';
import type { PlaybackStream, Playbacks } from './playbacks';

/** `/<playbackId>/file`, `/<playbackId>/stream` and `/<playbackId>/subtitle/<index>`, letter by letter. */
const PATH =
  /^\/(?<playbackId>[0-9a-f]{32})\/(?:(?<what>file|stream)|subtitle\/(?<index>\d{1,6}))$/;

/** A time in seconds. */
const SECONDS = /^\d{1,7}(\.\d{1,9})?$/;

const SUBTITLE_TYPE = 'text/vtt; charset=utf-8';
const STREAM_TYPE = 'video/mp4';

/** Answers `media://play/…`: the bytes of playbacks that are open. */
export function servePlaybacks(playbacks: Playbacks): MediaHost {
  return async (request, url) => {
    const { playbackId = '', what, index } = PATH.exec(url.pathname)?.groups ?? {};
    const mimeType = playbacks.mimeTypeOf(playbackId);
    const wish = wishOf(what, index, url.searchParams);
    if (mimeType === null || !wish) return null;
    let stream: PlaybackStream | null;
    try {
      stream = await playbacks.openStream(playbackId, wish);
    } catch (thrown) {
      return failure(thrown);
    }
    if (!stream) return null;
    const type =
      wish.kind === 'file' ? mimeType : wish.kind === 'media' ? STREAM_TYPE : SUBTITLE_TYPE;
    const { status, headers, start, end } = answerTo(request, stream.sizeBytes);
    const hasBody = request.method !== 'HEAD' && end > start;
    if (!hasBody) stream.close();
    return new Response(hasBody ? bodyOf(stream, start, end) : null, {
      status,
      headers: { 'content-type': type, ...headers },
    });
  };
}

/** Null where the address is none. */
function wishOf(
  what: string | undefined,
  index: string | undefined,
  query: URLSearchParams,
): StreamWish | null {
  if (index !== undefined) return { kind: 'subtitle', index: Number(index) };
  if (what === 'file') return { kind: 'file' };
  const from = query.get('from') ?? '0';
  if (!SECONDS.test(from)) return null;
  return { kind: 'media', fromSeconds: Number(from), silent: query.has('silent') };
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  start: number;
  end: number;
}

/** A file is answered in the part that was asked for; what is made while it is read only as a whole. */
function answerTo({ headers }: Request, sizeBytes: number | null): Answer {
  if (sizeBytes === null) {
    return { status: 200, headers: {}, start: 0, end: Number.POSITIVE_INFINITY };
  }
  // No version is named, so that a condition on one is never met: then the whole file is the answer.
  const range = headers.has('if-range') ? null : headers.get('range');
  const wanted = wantedBytes(range, sizeBytes);
  const described = (length: number) => ({
    ...{ 'accept-ranges': 'bytes', 'content-length': String(length) },
  });
  switch (wanted.kind) {
    case 'whole':
      return { status: 200, headers: described(sizeBytes), start: 0, end: sizeBytes };
    case 'part': {
      const { start, end } = wanted;
      const place = `bytes ${start}-${end - 1}/${sizeBytes}`;
      return {
        status: 206,
        headers: { ...described(end - start), 'content-range': place },
        start,
        end,
      };
    }
    case 'unsatisfiable':
      return {
        ...{ status: 416, start: 0, end: 0 },
        headers: { ...described(0), 'content-range': `bytes */${sizeBytes}` },
      };
  }
}

/** Bytes that are read only when somebody wants them: nothing is read ahead, so that a pause stops everything. */
function bodyOf(stream: PlaybackStream, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await stream
          .read(position, Math.min(MAX_CHUNK_BYTES, end - position))
          .catch((thrown) => {
            // Nobody cancels what has failed.
            stream.close();
            throw thrown;
          });
        if (chunk) {
          position += chunk.length;
          controller.enqueue(chunk);
        }
        if (chunk && position < end) return;
        controller.close();
        stream.close();
      },
      cancel: () => stream.close(),
    },
    { highWaterMark: 0 },
  );
}

/** The page learns that there is nothing to be had; why is told by `player.open`. */
function failure(thrown: unknown): Response | null {
  const isGone = thrown instanceof VitrineError && thrown.code !== 'INTERNAL';
  return isGone ? null : new Response('It cannot be read', { status: 500 });
}
