import type { MediaFacts } from '../../shared/media';

/**
 * What a header alone tells. Every value equals what ffprobe says of the same file, or is null: not known. Null is
 * never «there is none», except for the counts.
 */
export interface QuickFacts extends MediaFacts {
  /** ISO 639 code of the main audio track. */
  audioLanguage: string | null;
  videoTracks: number;
  audioTracks: number;
  subtitleTracks: number;
  /** Milliseconds since epoch. */
  recordedAtMs: number | null;
}
