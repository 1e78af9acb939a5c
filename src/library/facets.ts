import type { Facet } from '../shared/video-query';

/** Of the table `v` (videos). */
export const NOT_DISMISSED = `NOT EXISTS (
  SELECT 1 FROM problems WHERE video_id = v.id AND dismissed_at IS NOT NULL)`;

/** Lines of a picture of 16:9 that is as wide or as high: cropped and upright ones count as what they were made from. */
const LINES = 'max(min(v.width, v.height), max(v.width, v.height) * 9 / 16)';

/**
 * The value of facets that follow from a video's own row, of the table `v` (videos): the one definition for filters,
 * counts and columns.
 */
export const FACET_SQL = {
  state: 'v.state',
  root: 'v.root_id',
  container: 'v.container',
  videoCodec: 'v.video_codec',
  audioCodec: 'v.audio_codec',
  // A little less counts too: 1904 × 1072 is a cropped 1080.
  resolution: `CASE WHEN ${LINES} >= 4000 THEN 4320 WHEN ${LINES} >= 2000 THEN 2160
    WHEN ${LINES} >= 1300 THEN 1440 WHEN ${LINES} >= 1000 THEN 1080 WHEN ${LINES} >= 650 THEN 720
    WHEN ${LINES} > 0 THEN 480 END`,
  frameRate: 'CAST(round(v.frame_rate) AS INTEGER)',
  duration: `CASE WHEN v.duration_us >= 3600000000 THEN 3600 WHEN v.duration_us >= 600000000 THEN 600
    WHEN v.duration_us >= 60000000 THEN 60 WHEN v.duration_us >= 0 THEN 0 END`,
  hdr: 'v.hdr',
  bitDepth: 'v.bit_depth',
  rotation: 'v.rotation',
  audioChannels: 'v.audio_channels',
  variableFrameRate: 'v.variable_frame_rate',
  problem: `CASE WHEN v.state = 'unreadable' AND ${NOT_DISMISSED}
    THEN ifnull((SELECT code FROM problems WHERE video_id = v.id), '') END`,
} satisfies Partial<Record<Facet, string>>;
