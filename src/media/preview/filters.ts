import type { VideoStream } from '../../shared/media';
import { isFullRange, isInterlaced, isOrdinary, screenColours } from '../screen-picture';
import type { Size } from './picture-size';

const TURNS: Readonly<Record<number, readonly string[]>> = {
  90: ['transpose=clock'],
  180: ['hflip', 'vflip'],
  270: ['transpose=cclock'],
};

/** Colour matrices in the words of the `scale` filter, by ffprobe's. */
const SCALE_MATRICES: Readonly<Record<string, string>> = {
  bt709: 'bt709',
  smpte170m: 'smpte170m',
  bt470bg: 'bt470',
  fcc: 'fcc',
  smpte240m: 'smpte240m',
  bt2020nc: 'bt2020',
  bt2020c: 'bt2020',
};

/** From this height on untagged video is taken for BT.709, as browsers do. */
const HIGH_DEFINITION_HEIGHT = 720;

/**
 * Filters that make of a decoded picture the one to show: upright, in square pixels of the wanted size, in the colours
 * of a usual screen. What comes out is YUV 4:2:0 of BT.601 in limited range, which is what WebP holds.
 * @param size as displayed
 */
export function pictureFilters(stream: VideoStream, size: Size): string[] {
  const turns = TURNS[stream.rotation] ?? [];
  const isQuarter = stream.rotation % 180 !== 0;
  const { width, height } = isQuarter ? { width: size.height, height: size.width } : size;
  const scale = `scale=${width}:${height}:flags=area`;
  return [
    // One field is sharp enough for a small picture; real deinterlacers want neighbours, which keyframes do not have.
    ...(isInterlaced(stream) ? ['field=top'] : []),
    ...(isOrdinary(stream) ? ordinaryColours(stream, scale) : mappedColours(stream, scale)),
    ...turns,
  ];
}

function ordinaryColours(stream: VideoStream, scale: string): string[] {
  const range = isFullRange(stream) ? 'pc' : 'tv';
  const matrix = SCALE_MATRICES[stream.colourMatrix ?? ''] ?? guessedMatrix(stream);
  const colours = `in_color_matrix=${matrix}:in_range=${range}:out_color_matrix=bt601:out_range=tv`;
  return [`${scale}:${colours}`, 'format=yuv420p'];
}

/** The picture is made small first. */
function mappedColours(stream: VideoStream, scale: string): string[] {
  const range = isFullRange(stream) ? 'pc' : 'tv';
  return [
    `${scale}:in_range=${range}:out_range=${range}`,
    ...screenColours(stream, { transfer: 'iec61966-2-1', matrix: '170m' }),
  ];
}

function guessedMatrix({ codedHeight, height }: VideoStream): string {
  return (codedHeight ?? height ?? 0) >= HIGH_DEFINITION_HEIGHT ? 'bt709' : 'smpte170m';
}
