import type { VideoStream } from '../shared/media';

/** ffprobe's words for pictures of which odd and even lines were taken at different times. */
const INTERLACED: readonly string[] = ['tt', 'bb', 'tb', 'bt'];

/** Colour matrices in the words of the `zscale` filter, by ffprobe's; of those that come with wide colours. */
const MATRICES: Readonly<Record<string, string>> = {
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

export function isInterlaced({ fieldOrder }: Pick<VideoStream, 'fieldOrder'>): boolean {
  return INTERLACED.includes(fieldOrder ?? '');
}

export function isFullRange({
  colourRange,
  pixelFormat,
}: Pick<VideoStream, 'colourRange' | 'pixelFormat'>): boolean {
  return colourRange === 'pc' || (pixelFormat ?? '').startsWith('yuvj');
}

/** Whether a usual screen shows the colours right without {@link screenColours}. */
export function isOrdinary({
  hdr,
  colourPrimaries,
}: Pick<VideoStream, 'hdr' | 'colourPrimaries'>): boolean {
  return hdr === null && WIDE_PRIMARIES[colourPrimaries ?? ''] === undefined;
}

/**
 * Filters that bring high dynamic range and wide colours to those of a usual screen, in limited range. They work with
 * four bytes a sample: what is to become smaller should be so before.
 * @param to what comes out, in the words of `zscale`; the transfer is that of the stream where it is no HDR
 */
export function screenColours(
  stream: VideoStream,
  to: { transfer: string; matrix: string },
): string[] {
  const { hdr, colourTransfer, colourPrimaries, colourMatrix } = stream;
  const transfer = TRANSFERS[colourTransfer ?? ''] ?? (hdr === null ? '709' : 'smpte2084');
  const primaries = WIDE_PRIMARIES[colourPrimaries ?? ''] ?? 'bt2020';
  const matrix = MATRICES[colourMatrix ?? ''] ?? '2020_ncl';
  const range = isFullRange(stream) ? 'pc' : 'tv';
  const given = `tin=${transfer}:pin=${primaries}:min=${matrix}:rin=${range}`;
  return [
    'format=yuv420p10le',
    ...(hdr === null
      ? [`zscale=${given}:t=${transfer}:p=bt709:m=${to.matrix}:r=tv`]
      : [
          // 100 nits become white, as on the screens that ordinary video is made for.
          `zscale=${given}:t=linear:npl=100`,
          'format=gbrpf32le',
          'zscale=p=bt709',
          'tonemap=mobius:desat=0',
          `zscale=t=${to.transfer}:m=${to.matrix}:r=tv`,
        ]),
    'format=yuv420p',
  ];
}
