import { type AudioTrack, isBitmapSubtitle, type SubtitleTrack } from '../../../shared/playback';
import { channelsName } from '../../format/audio';
import { codecName } from '../../format/codec';
import { languageName } from '../../format/language';

/** `German · Director’s commentary`, or `Track 2` where the file says nothing. */
export function trackName(track: AudioTrack | SubtitleTrack, position: number): string {
  const parts = [languageName(track.language), track.title].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : `Track ${position + 1}`;
}

/** `Dolby Digital, 5.1`. */
export function audioFacts({ codec, channels }: AudioTrack): string {
  const parts = [codec && codecName(codec), channels && channelsName(channels)];
  return parts.filter(Boolean).join(', ');
}

/** `SubRip, forced, from a file`. */
export function subtitleFacts({ codec, forced, external }: SubtitleTrack): string {
  const parts = [codec && codecName(codec), forced && 'forced', external && 'from a file'];
  return parts.filter(Boolean).join(', ');
}

/**
 * The track that a remembered language stands for; null: none. Nothing that must be drawn into the pictures, since that
 * is costly.
 */
export function preferredSubtitle(
  tracks: readonly SubtitleTrack[],
  language: string | null,
): SubtitleTrack | null {
  if (language === null) return null;
  const fitting = tracks.filter(
    (track) => track.playable && !isBitmapSubtitle(track) && (track.language ?? '') === language,
  );
  return fitting.find(({ forced }) => !forced) ?? fitting[0] ?? null;
}

/** The index of a track that must be drawn into the pictures; undefined for any other. */
export function drawnSubtitle(
  tracks: readonly SubtitleTrack[],
  index: number | null,
): number | undefined {
  const track = tracks.find((candidate) => candidate.index === index);
  return track && isBitmapSubtitle(track) ? track.index : undefined;
}

/** What comes after `current` when one goes round; null stands between the last and the first. */
export function nextInRound<T>(values: readonly T[], current: T | null): T | null {
  const index = current === null ? -1 : values.indexOf(current);
  return values[index + 1] ?? null;
}
