import type { VideoSummary } from '../../shared/media';
import { listedVideo } from './listed-video';
import type { ExportFormat } from './usage';

interface Writer {
  head: string;
  /** What stands between two videos. */
  separator: string;
  entry(video: VideoSummary): string | null;
  tail: string;
}

const CSV_COLUMNS = Object.keys(listedVideo({} as VideoSummary)) as (keyof ReturnType<
  typeof listedVideo
>)[];

export const EXPORT_WRITERS: Record<ExportFormat, Writer> = {
  json: {
    head: '[\n',
    separator: ',\n',
    entry: (video) => JSON.stringify(listedVideo(video)),
    tail: '\n]\n',
  },
  csv: { head: `${CSV_COLUMNS.join(',')}\r\n`, separator: '', entry: csvRecord, tail: '' },
  m3u: { head: '#EXTM3U\n', separator: '', entry: m3uEntry, tail: '' },
};

/** One record by RFC 4180. */
export function csvRecord(video: VideoSummary): string {
  const { problem, ...facts } = listedVideo(video);
  const row: Record<string, unknown> = { ...facts, problem: problem?.message ?? null };
  return `${CSV_COLUMNS.map((column) => csvField(row[column])).join(',')}\r\n`;
}

function csvField(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An extended M3U entry; null for what a player could not open. A line break in a name would begin another entry. */
export function m3uEntry(video: VideoSummary): string | null {
  if (video.state !== 'ok' || /[\r\n]/.test(video.path)) return null;
  const seconds = video.durationSeconds === null ? -1 : Math.round(video.durationSeconds);
  return `#EXTINF:${seconds},${video.name}\n${video.path}\n`;
}
