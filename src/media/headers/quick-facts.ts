import type { HeaderFacts } from '../../shared/library-protocol';

/**
 * What a header alone tells. Every value equals what ffprobe says of the same file, or is null: not known. Null is
 * never «there is none», except for the counts.
 */
export interface QuickFacts extends HeaderFacts {
  /** ISO 639 code of the main audio track. */
  audioLanguage: string | null;
  videoTracks: number;
  audioTracks: number;
  subtitleTracks: number;
}
