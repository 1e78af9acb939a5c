import type { HdrKind, ProbeLevel, ProblemCode, VideoSummary } from '../shared/media';
import { absolutePath } from './video-path';

/** A video as it is selected with {@link SUMMARY_COLUMNS}. */
export interface SummaryRow {
  id: number;
  rootId: number;
  rootPath: string;
  online: number;
  folder: string;
  name: string;
  sizeBytes: number;
  mtimeMs: number;
  state: 'ok' | 'unreadable' | 'missing';
  probeLevel: ProbeLevel;
  container: string | null;
  durationUs: number | null;
  width: number | null;
  height: number | null;
  rotation: number | null;
  frameRateNumerator: number | null;
  frameRateDenominator: number | null;
  variableFrameRate: number | null;
  videoCodec: string | null;
  audioCodec: string | null;
  audioChannels: number | null;
  bitRate: number | null;
  hdr: HdrKind | null;
  bitDepth: number | null;
  addedAtMs: number;
  problemCode: ProblemCode | null;
  problemMessage: string | null;
  posterToken: string | null;
  filmstripToken: string | null;
  previewProblem: string | null;
}

/** Of the tables `v`, `f`, `r` and what is joined to them; see {@link SUMMARY_JOINS}. */
export const SUMMARY_COLUMNS = `v.id, v.root_id AS rootId, r.path AS rootPath, r.online, f.path AS folder,
  v.name, v.size_bytes AS sizeBytes, v.mtime_ms AS mtimeMs, v.state, v.probe_level AS probeLevel,
  v.container, v.duration_us AS durationUs, v.width, v.height, v.rotation,
  v.frame_rate_num AS frameRateNumerator, v.frame_rate_den AS frameRateDenominator,
  v.variable_frame_rate AS variableFrameRate, v.video_codec AS videoCodec, v.audio_codec AS audioCodec,
  v.audio_channels AS audioChannels, v.bit_rate AS bitRate, v.hdr, v.bit_depth AS bitDepth,
  v.added_at AS addedAtMs, p.code AS problemCode, p.message AS problemMessage,
  ifnull(pp.token, pv.token) AS posterToken,
  iif(pv.filmstrip IS NULL, NULL, pv.token) AS filmstripToken, vp.problem AS previewProblem`;

/** What has to follow tables that provide `v` and `f`. */
export const SUMMARY_JOINS = `
  CROSS JOIN roots r ON r.id = v.root_id LEFT JOIN problems p ON p.video_id = v.id
  LEFT JOIN video_previews vp ON vp.video_id = v.id LEFT JOIN previews pv ON pv.id = vp.preview_id
  LEFT JOIN previews pp ON pp.id = vp.poster_id`;

/** In a second. */
export const MICROSECONDS = 1_000_000;

export function inSeconds(microseconds: number | null): number | null {
  return microseconds === null ? null : microseconds / MICROSECONDS;
}

/** The video as others see it. */
export function summaryOf(row: SummaryRow): VideoSummary {
  return {
    id: row.id,
    rootId: row.rootId,
    path: absolutePath(row.rootPath, row.folder, row.name),
    folder: row.folder,
    name: row.name,
    sizeBytes: row.sizeBytes,
    mtimeMs: row.mtimeMs,
    state: stateOf(row),
    probeLevel: row.probeLevel,
    container: row.container,
    durationSeconds: inSeconds(row.durationUs),
    width: row.width,
    height: row.height,
    rotation: row.rotation,
    frameRate: frameRateOf(row),
    variableFrameRate: row.variableFrameRate === null ? null : row.variableFrameRate === 1,
    videoCodec: row.videoCodec,
    audioCodec: row.audioCodec,
    audioChannels: row.audioChannels,
    bitRate: row.bitRate,
    hdr: row.hdr,
    bitDepth: row.bitDepth,
    addedAtMs: row.addedAtMs,
    problem:
      row.problemCode === null
        ? null
        : { code: row.problemCode, message: row.problemMessage ?? '' },
    preview:
      row.posterToken === null ? null : { poster: row.posterToken, filmstrip: row.filmstripToken },
    previewProblem: row.previewProblem,
  };
}

/** A missing file is missing wherever its drive is; of others on an absent drive nothing is known. */
function stateOf({ state, online }: SummaryRow): VideoSummary['state'] {
  return state !== 'missing' && online === 0 ? 'offline' : state;
}

function frameRateOf({ frameRateNumerator, frameRateDenominator }: SummaryRow): string | null {
  if (frameRateNumerator === null || frameRateDenominator === null) return null;
  return `${frameRateNumerator}/${frameRateDenominator}`;
}
