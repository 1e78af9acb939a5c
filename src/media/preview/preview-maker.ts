import type { VideoStream } from '../../shared/media';
import type { MadePreview, PreviewWork } from '../../shared/preview-protocol';
import type { ToolSource } from '../children/tool-input';

/** A video to make pictures of. */
export interface PreviewRequest {
  source: ToolSource;
  stream: VideoStream;
  durationSeconds: number | null;
  work: PreviewWork;
  /** Absolute. */
  cacheFolder: string;
}

/**
 * `interrupted`: somebody else ended ffmpeg, so that it says nothing about the file. `driveFailed`: the drive complained,
 * which it also does when it is gone.
 */
export type PreviewAnswer =
  | { kind: 'made'; preview: MadePreview }
  | { kind: 'failed'; message: string; interrupted: boolean; driveFailed: boolean };

export interface PreviewMaker {
  /** @throws VitrineError PROBE_TOOL_MISSING, SYSTEM_BUSY, CANCELLED; NodeJS.ErrnoException when the file cannot be opened */
  make(request: PreviewRequest, signal: AbortSignal): Promise<PreviewAnswer>;
  /** Kills every child. */
  dispose(): void;
}

/** To be written by w-maker; only so that the others compile. */
export function createPreviewMaker(_options: {
  ffmpegPath: string;
  threads?: number;
}): PreviewMaker {
  const message = 'Not there yet.';
  return {
    make: async () => ({ kind: 'failed', message, interrupted: false, driveFailed: false }),
    dispose: () => undefined,
  };
}
