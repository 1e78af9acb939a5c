import { randomBytes } from 'node:crypto';
import type { Request, Response } from '../../shared/contract';
import type { LibraryApi } from '../../shared/library-protocol';
import type { VideoDetail } from '../../shared/media';
import type { MediaApi } from '../../shared/media-protocol';
import type { PlayableFacts, PlaybackPlan, StreamWish } from '../../shared/playback-protocol';
import type { RpcPeer } from '../../shared/rpc';

type Library = LibraryApi['procedures'];

/** Bytes of a playback, as the media process reads them. */
export interface PlaybackStream {
  /** Null where it is not known before the end. */
  readonly sizeBytes: number | null;
  /** The next bytes; null at the end. @throws VitrineError as `readStream` */
  read(position: number, maxBytes: number): Promise<Uint8Array | null>;
  close(): void;
}

/** What playbacks need of the engine. */
interface PlaybackEngine {
  ask<Name extends 'getVideo' | 'locateVideo'>(
    name: Name,
    request: Library[Name]['request'],
  ): Promise<Library[Name]['response']>;
  media(): Promise<Pick<RpcPeer<never, MediaApi>, 'call'>>;
}

interface OpenPlayback {
  plan: PlaybackPlan;
  mimeType: string;
  streams: Set<PlaybackStream>;
  /** The one that is made for the page: there is one child process a playback at most. */
  made: PlaybackStream | null;
}

/** A page that forgets to close its playbacks keeps no more than this. */
const MOST_PLAYBACKS = 8;

/** Videos that are being played, by the IDs that the page knows them by. */
export class Playbacks {
  readonly #engine: PlaybackEngine;
  readonly #open = new Map<string, OpenPlayback>();

  constructor(engine: PlaybackEngine) {
    this.#engine = engine;
  }

  /** @throws VitrineError VIDEO_NOT_FOUND, ROOT_OFFLINE, FILE_NOT_FOUND, PERMISSION_DENIED, PROBE_TOOL_MISSING, SYSTEM_BUSY */
  async open({ videoId, ...choice }: Request<'player.open'>): Promise<Response<'player.open'>> {
    const [video, file, media] = await Promise.all([
      this.#engine.ask('getVideo', { id: videoId }),
      this.#engine.ask('locateVideo', { id: videoId }),
      this.#engine.media(),
    ]);
    const facts = factsOf(video);
    const prepared = await media.call('preparePlayback', { file, facts, choice });
    if (prepared.kind === 'unplayable') return prepared;
    const { playback, plan } = prepared;
    const playbackId = randomBytes(16).toString('hex');
    this.#open.set(playbackId, {
      ...{ plan, mimeType: playback.mimeType, streams: new Set(), made: null },
    });
    for (const oldest of [...this.#open.keys()].slice(0, -MOST_PLAYBACKS)) this.close(oldest);
    return { kind: 'playable', playback: { playbackId, ...playback } };
  }

  close(playbackId: string): void {
    const playback = this.#open.get(playbackId);
    this.#open.delete(playbackId);
    for (const stream of [...(playback?.streams ?? [])]) stream.close();
  }

  /** The page is gone. */
  closeAll(): void {
    for (const playbackId of [...this.#open.keys()]) this.close(playbackId);
  }

  /** What the file of a playback is; null for an ID that is not open. */
  mimeTypeOf(playbackId: string): string | null {
    return this.#open.get(playbackId)?.mimeType ?? null;
  }

  /**
   * Opens bytes of a playback; they are the caller's to close. Null for an ID that is not open.
   * @throws VitrineError as `openStream`
   */
  async openStream(playbackId: string, wish: StreamWish): Promise<PlaybackStream | null> {
    const playback = this.#open.get(playbackId);
    if (!playback) return null;
    if (wish.kind === 'media') playback.made?.close();
    const media = await this.#engine.media();
    const { streamId, sizeBytes } = await media.call('openStream', { plan: playback.plan, wish });
    const stream: PlaybackStream = {
      sizeBytes,
      read: (position, maxBytes) => media.call('readStream', { streamId, position, maxBytes }),
      close: () => {
        if (!playback.streams.delete(stream)) return;
        // A media process that is gone has closed it.
        media.call('closeStream', { streamId }).catch(() => undefined);
      },
    };
    playback.streams.add(stream);
    // It was closed, or the page sought on, while this one was being opened.
    if (!this.#open.has(playbackId)) stream.close();
    if (wish.kind === 'media') {
      playback.made?.close();
      playback.made = stream;
    }
    return stream;
  }
}

/** Null where the library does not know every stream yet. */
function factsOf({
  probeLevel,
  state,
  container,
  durationSeconds,
  streams,
}: VideoDetail): PlayableFacts | null {
  if (probeLevel !== 'full' || state === 'unreadable') return null;
  const durationUs = durationSeconds === null ? null : Math.round(durationSeconds * 1_000_000);
  return { container, durationUs, streams };
}
