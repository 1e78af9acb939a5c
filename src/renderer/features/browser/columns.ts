import type { VideoSummary } from '../../../shared/media';
import type { SortKey } from '../../../shared/video-query';
import { channelsName } from '../../format/audio';
import { codecName } from '../../format/codec';
import { formatDate } from '../../format/date';
import { formatDuration } from '../../format/duration';
import { formatFrameRate } from '../../format/frame-rate';
import { formatDimensions } from '../../format/resolution';
import { formatBitRate, formatSize } from '../../format/size';

export interface Column {
  id: string;
  title: string;
  /** Null: the library has no order by it. */
  sort: SortKey | null;
  /** A track of CSS grid. */
  width: string;
  /** Numbers and dates are aligned to the right. */
  numeric: boolean;
  text: (video: VideoSummary) => string;
}

export const COLUMNS: readonly Column[] = [
  {
    id: 'name',
    title: 'Name',
    sort: 'name',
    width: 'minmax(280px, 3fr)',
    numeric: false,
    text: (video) => video.name,
  },
  {
    id: 'duration',
    title: 'Duration',
    sort: 'duration',
    width: '72px',
    numeric: true,
    text: ({ durationSeconds }) =>
      durationSeconds === null ? '' : formatDuration(durationSeconds),
  },
  {
    id: 'resolution',
    title: 'Resolution',
    sort: 'resolution',
    width: '100px',
    numeric: true,
    text: ({ width, height }) => (width && height ? formatDimensions(width, height) : ''),
  },
  {
    id: 'frameRate',
    title: 'Frame rate',
    sort: 'frameRate',
    width: '84px',
    numeric: true,
    text: ({ frameRate, variableFrameRate }) => {
      const rate = formatFrameRate(frameRate);
      return rate !== '' && variableFrameRate ? `${rate} var` : rate;
    },
  },
  {
    id: 'videoCodec',
    title: 'Video',
    sort: 'videoCodec',
    width: '88px',
    numeric: false,
    text: ({ videoCodec }) => (videoCodec === null ? '' : codecName(videoCodec)),
  },
  {
    id: 'audio',
    title: 'Audio',
    sort: null,
    width: '124px',
    numeric: false,
    text: ({ audioCodec, audioChannels }) =>
      [
        audioCodec === null ? '' : codecName(audioCodec),
        audioChannels === null ? '' : channelsName(audioChannels),
      ]
        .filter((part) => part !== '')
        .join(' '),
  },
  {
    id: 'size',
    title: 'Size',
    sort: 'size',
    width: '72px',
    numeric: true,
    text: ({ sizeBytes }) => formatSize(sizeBytes),
  },
  {
    id: 'bitRate',
    title: 'Bit rate',
    sort: 'bitRate',
    width: '92px',
    numeric: true,
    text: ({ bitRate }) => (bitRate === null ? '' : formatBitRate(bitRate)),
  },
  {
    id: 'modified',
    title: 'Modified',
    sort: 'modified',
    width: '100px',
    numeric: true,
    text: ({ mtimeMs }) => formatDate(mtimeMs),
  },
  {
    id: 'folder',
    title: 'Folder',
    sort: 'folder',
    width: 'minmax(140px, 2fr)',
    numeric: false,
    text: ({ folder }) => folder,
  },
];

/** `grid-template-columns` of header and rows. */
export const COLUMN_TRACKS = COLUMNS.map((column) => column.width).join(' ');
/** Below this the table scrolls sideways: the tracks' least widths, the gaps and the padding. */
export const TABLE_MIN_WIDTH = 1364;
