import { basename, extname } from 'node:path';
import type { SubtitleTrack } from '../../shared/playback';
import type { SubtitleSource } from '../../shared/playback-protocol';
import type { FolderEntry } from '../scan/file-system';

/** ffmpeg's demuxer and codec by file name extension. */
const FORMATS: Readonly<Record<string, string>> = {
  srt: 'srt',
  vtt: 'webvtt',
  ass: 'ass',
  ssa: 'ass',
};

/** More beside one video are somebody's archive, not a choice. */
const MOST_FILES = 50;

/** A language as file names have it: `en`, `eng`, `pt-BR`. */
const LANGUAGE = /^[a-z]{2,3}(-[a-z]{2,4})?$/i;

/** A subtitle file beside a video, as a choice and as what it is. */
export interface SubtitleFile {
  track: SubtitleTrack;
  source: Extract<SubtitleSource, { kind: 'file' }>;
}

/** The demuxer that reads a subtitle file; null where it is none. */
function subtitleFormat(name: string): string | null {
  return FORMATS[extname(name).slice(1).toLowerCase()] ?? null;
}

/**
 * The subtitle files that belong to a video: `name.srt`, `name.en.srt`, `name.en.forced.vtt`.
 * @param entries of the video's folder
 * @param firstIndex the index of the first one
 */
export function subtitleFilesOf(
  videoName: string,
  entries: readonly FolderEntry[],
  firstIndex: number,
): SubtitleFile[] {
  const stem = basename(videoName, extname(videoName));
  return entries
    .filter(({ kind, name }) => kind === 'file' && name.startsWith(`${stem}.`))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap(({ name, bytes: nameBytes }) => {
      const format = subtitleFormat(name);
      return format === null ? [] : [{ name, nameBytes, format }];
    })
    .slice(0, MOST_FILES)
    .map(({ name, nameBytes, format }, position) => {
      const index = firstIndex + position;
      return {
        track: trackOf(name, stem, format, index),
        source: { kind: 'file', index, name, nameBytes, format },
      };
    });
}

function trackOf(name: string, stem: string, format: string, index: number): SubtitleTrack {
  const words = name.slice(stem.length + 1, -extname(name).length).split('.');
  const marks = words.map((word) => word.toLowerCase());
  const forced = marks.includes('forced');
  return {
    index,
    codec: format,
    language: words.find((word) => LANGUAGE.test(word)) ?? null,
    title: name,
    ...{ isDefault: marks.includes('default'), playable: true, external: true, forced },
  };
}
