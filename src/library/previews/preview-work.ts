import type { PreviewPhase } from '../../shared/job';
import { streamSchema, type VideoStream } from '../../shared/media';
import type { PreviewTask, PreviewWork } from '../../shared/preview-protocol';
import { type RawPlace, relativePlace } from '../video-path';
import { inSeconds } from '../video-row';

/** The version of a file and what its content is recognised by. */
export interface PreviewIdentity {
  sizeBytes: number;
  mtimeMs: number;
  /** Null: not known; empty: it has nothing to be compared by. */
  contentHash: Buffer | null;
}

/** A video with what has come of its previews. */
export interface DueVideo extends RawPlace, PreviewIdentity {
  videoId: number;
  rootId: number;
  durationUs: number | null;
  /** What may be to be made, see `DUE`. */
  due: number;
  /** The time that the person chose; null: none. */
  posterAtUs: number | null;
  /** It has neither a preview nor a reason why not. */
  needsPreview: number;
  /** The person's choice of a poster is not made yet. */
  needsChoice: number;
  /** The token of its preview where that waits for a filmstrip. */
  needsFilmstrip: string | null;
  /** It may take only a preview of its own file time. */
  edited: number;
  stream: string | null;
}

/** What is to be done first with a video that is due; null when nothing is left. */
export function workOf(video: DueVideo, stream: VideoStream | null): PreviewWork | null {
  if (!stream) return null;
  if (video.needsPreview === 1) return { kind: 'poster', atSeconds: null };
  const atSeconds = video.needsChoice === 1 ? inSeconds(video.posterAtUs) : null;
  if (atSeconds !== null) return { kind: 'poster', atSeconds };
  return video.needsFilmstrip === null ? null : { kind: 'filmstrip', token: video.needsFilmstrip };
}

/** Whether a poster shows what the person chose. */
export function isChoice(work: PreviewWork): boolean {
  return work.kind === 'poster' && work.atSeconds !== null;
}

/** The first video stream; null where the file has none, or another version of Vitrine wrote it. */
export function streamOf({ stream }: DueVideo): VideoStream | null {
  const parsed = stream === null ? null : streamSchema.safeParse(JSON.parse(stream));
  return parsed?.success && parsed.data.type === 'video' ? parsed.data : null;
}

export function taskOf(video: DueVideo, work: PreviewWork, stream: VideoStream): PreviewTask {
  const { videoId, rootId, sizeBytes, mtimeMs } = video;
  const durationSeconds = inSeconds(video.durationUs);
  const file = { videoId, rootId, ...relativePlace(video), sizeBytes, mtimeMs };
  return { ...file, work, durationSeconds, stream };
}

export function phaseOf({ kind }: PreviewWork): PreviewPhase {
  return kind === 'poster' ? 'posters' : 'filmstrips';
}

/** What videos with the same content have in common; null where the content cannot be compared. */
export function contentText({
  sizeBytes,
  contentHash,
}: Pick<DueVideo, 'sizeBytes' | 'contentHash'>): string | null {
  return contentHash?.length ? `${sizeBytes} ${contentHash.toString('hex')}` : null;
}
