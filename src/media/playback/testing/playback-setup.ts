import { onTestFinished } from 'vitest';
import { decodersOf, type ProcessRef } from '../../../../e2e/fixtures/processes';
import type { VideoPlace } from '../../../shared/library-protocol';
import type {
  PlaybackChoice,
  PlaybackPlan,
  PreparedPlayback,
  StreamWish,
} from '../../../shared/playback-protocol';
import { createProber } from '../../probe/prober';
import { ffmpegPath, ffprobePath } from '../../tools';
import { createPlaybackService, type PlaybackService } from '../playback-service';

const CONTEXT = { signal: new AbortController().signal };

/** A stream as a test reads it. */
interface ReadableStream {
  sizeBytes: number | null;
  read(position?: number, maxBytes?: number): Promise<Uint8Array | null>;
  /** Everything that it still has. */
  readAll(): Promise<Buffer>;
  close(): void;
}

/** A file and a service that plays it; it is disposed when the test ends. */
export interface PlayedFile {
  file: VideoPlace;
  prepare(choice?: PlaybackChoice): Promise<PreparedPlayback>;
  open(wish: StreamWish, choice?: PlaybackChoice): Promise<ReadableStream>;
  openPlanned(plan: PlaybackPlan, wish: StreamWish): Promise<ReadableStream>;
  /** ffmpeg processes that work in the file's folder. */
  children(): ProcessRef[];
}

export function playedFile(rootPath: string, path: string, idleMs?: number): PlayedFile {
  const prober = createProber({ ffprobePath, concurrency: 1 });
  const service = createPlaybackService({
    ...{ ffmpegPath, prober },
    ...(idleMs !== undefined && { idleMs }),
  });
  onTestFinished(() => {
    service.dispose();
    prober.dispose();
  });
  const { procedures } = service;
  const file = { rootPath, path, pathBytes: null };
  const prepare: PlayedFile['prepare'] = async (choice = {}) =>
    procedures.preparePlayback({ file, facts: null, choice }, CONTEXT);
  const openPlanned: PlayedFile['openPlanned'] = (plan, wish) =>
    openedStream(procedures, plan, wish);
  return {
    ...{ file, prepare, openPlanned },
    open: async (wish, choice) => {
      const prepared = await prepare(choice);
      if (prepared.kind === 'unplayable') throw new Error(prepared.reason);
      return openPlanned(prepared.plan, wish);
    },
    children: () => decodersOf(rootPath),
  };
}

async function openedStream(
  procedures: PlaybackService['procedures'],
  plan: PlaybackPlan,
  wish: StreamWish,
): Promise<ReadableStream> {
  const { streamId, sizeBytes } = await procedures.openStream({ plan, wish }, CONTEXT);
  const read = async (position = 0, maxBytes = 65_536) =>
    procedures.readStream({ streamId, position, maxBytes }, CONTEXT);
  return {
    ...{ sizeBytes, read },
    readAll: async () => {
      const parts: Uint8Array[] = [];
      for (let part = await read(); part; part = await read()) parts.push(part);
      return Buffer.concat(parts);
    },
    close: () => void procedures.closeStream({ streamId }, CONTEXT),
  };
}
