import type { VideoStream } from '../../shared/media';
import type { Size } from './picture-size';

/** ffprobe's words for pictures of which odd and even lines were taken at different times. */
const INTERLACED: readonly string[] = ['tt', 'bb', 'tb', 'bt'];

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

/** The same in the words of the `zscale` filter, of those that come with wide colours. */
const ZSCALE_MATRICES: Readonly<Record<string, string>> = {
  bt709: '709',
  smpte170m: '170m',
  bt470bg: '470bg',
  bt2020nc: '2020_ncl',
  bt2020c: '2020_cl',
};

/** Transfer functions in its words. */
const TRANSFERS: Readonly<Record<string, string>> = {
  bt709: '709',
  smpte2084: 'smpte2084',
  'arib-std-b67': 'arib-std-b67',
  'bt2020-10': '2020_10',
  'bt2020-12': '2020_12',
  'iec61966-2-1': 'iec61966-2-1',
};

/** Primaries wider than those of usual screens. */
const WIDE_PRIMARIES: Readonly<Record<string, string>> = {
  bt2020: 'bt2020',
  smpte432: 'smpte432',
  smpte431: 'smpte431',
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
    ...(INTERLACED.includes(stream.fieldOrder ?? '') ? ['field=top'] : []),
    ...(isOrdinary(stream) ? ordinaryColours(stream, scale) : mappedColours(stream, scale)),
    ...turns,
  ];
}

function isOrdinary({ hdr, colourPrimaries }: VideoStream): boolean {
  return hdr === null && WIDE_PRIMARIES[colourPrimaries ?? ''] === undefined;
}

function ordinaryColours(stream: VideoStream, scale: string): string[] {
  const range = isFullRange(stream) ? 'pc' : 'tv';
  const matrix = SCALE_MATRICES[stream.colourMatrix ?? ''] ?? guessedMatrix(stream);
  const colours = `in_color_matrix=${matrix}:in_range=${range}:out_color_matrix=bt601:out_range=tv`;
  return [`${scale}:${colours}`, 'format=yuv420p'];
}

/** The picture is made small first: mapping works with four bytes a sample. */
function mappedColours(stream: VideoStream, scale: string): string[] {
  const { hdr, colourTransfer, colourPrimaries, colourMatrix } = stream;
  const transfer = TRANSFERS[colourTransfer ?? ''] ?? (hdr === null ? '709' : 'smpte2084');
  const primaries = WIDE_PRIMARIES[colourPrimaries ?? ''] ?? 'bt2020';
  const matrix = ZSCALE_MATRICES[colourMatrix ?? ''] ?? '2020_ncl';
  const range = isFullRange(stream) ? 'pc' : 'tv';
  const given = `tin=${transfer}:pin=${primaries}:min=${matrix}:rin=${range}`;
  return [
    `${scale}:in_range=${range}:out_range=${range}`,
    'format=yuv420p10le',
    ...(hdr === null
      ? [`zscale=${given}:t=${transfer}:p=bt709:m=170m:r=tv`]
      : [
          // 100 nits become white, as on the screens that ordinary video is made for.
          `zscale=${given}:t=linear:npl=100`,
          'format=gbrpf32le',
          'zscale=p=bt709',
          'tonemap=mobius:desat=0',
          'zscale=t=iec61966-2-1:m=170m:r=tv',
        ]),
    'format=yuv420p',
  ];
}

function isFullRange({ colourRange, pixelFormat }: VideoStream): boolean {
  return colourRange === 'pc' || (pixelFormat ?? '').startsWith('yuvj');
}

function guessedMatrix({ codedHeight, height }: VideoStream): string {
  return (codedHeight ?? height ?? 0) >= HIGH_DEFINITION_HEIGHT ? 'bt709' : 'smpte170m';
}
