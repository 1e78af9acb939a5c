import { isProgrammeStream, isTransportStream } from './content-checks';

/**
 * File name extensions that a scan takes for video, by container. The bundled ffprobe has a demuxer for each
 * (`ffprobe -demuxers`); the person can add others.
 */
const BUILT_IN: readonly string[] = [
  // MPEG-4 and its phone, Flash, camera and 360° relatives (ISO base media)
  ...[
    'mp4',
    'm4v',
    'mp4v',
    '3gp',
    '3gpp',
    '3g2',
    '3gp2',
    'f4v',
    'mj2',
    'mjp2',
    'insv',
    'lrv',
    '360',
  ],
  // QuickTime, and the raw formats of Blackmagic and Canon cameras that are built on it
  ...['mov', 'qt', 'braw', 'crm'],
  // Matroska and WebM
  ...['mkv', 'mk3d', 'webm'],
  // AVI
  ...['avi', 'divx', 'xvid', 'amv'],
  // Windows Media, Windows recorded television
  ...['asf', 'wmv', 'wm', 'wtv', 'dvr-ms'],
  // Flash
  ...['flv', 'kux'],
  // MPEG programme streams, DVDs, Video CDs
  ...['mpg', 'mpeg', 'mpe', 'm1v', 'm2v', 'mpv', 'm2p', 'vob', 'evo', 'mod', 'vro'],
  // MPEG transport streams: television, AVCHD camcorders, Blu-ray
  ...['ts', 'mts', 'm2ts', 'm2t', 'tts', 'trp', 'tp', 'tod'],
  // Ogg
  ...['ogv', 'ogm', 'ogx'],
  // Broadcast and editing
  ...['mxf', 'gxf', 'lxf', 'nut', 'ty', 'pva', 'r3d', 'cine'],
  // DV tapes
  ...['dv', 'dif'],
  // RealMedia
  ...['rm', 'rmvb', 'rv', 'ivr'],
  // Surveillance recorders, Winamp, MythTV, games, Flash films
  ...['dav', 'mxg', 'nsv', 'nuv', 'bik', 'bk2', 'smk', 'swf'],
  // Streams without a container
  ...['h261', 'h263', 'h264', '264', 'h26l', 'avc', 'h265', '265', 'hevc', 'h266', '266', 'vvc'],
  ...['ivf', 'obu', 'av1', 'mjpeg', 'mjpg', 'y4m', 'vc1', 'cavs', 'dnxhd'],
];

type ContentCheck = (head: Uint8Array) => boolean;

/** Extensions that other kinds of file have as well: only the content tells. */
const CONTENT_CHECKS: ReadonlyMap<string, ContentCheck> = new Map([
  // TypeScript sources
  ['ts', isTransportStream],
  ['mts', isTransportStream],
  // JVC and Panasonic camcorders; also music of trackers
  ['mod', isProgrammeStream],
]);

export interface VideoNames {
  /** Whether the name is a video's. */
  isVideo(name: string): boolean;
  /** What the first {@link import('./content-checks').CONTENT_HEAD_BYTES} must satisfy; null where the name is enough. */
  contentCheck(name: string): ContentCheck | null;
}

/** @param extraExtensions lower case, without the dot */
export function videoNames(extraExtensions: readonly string[]): VideoNames {
  const known = new Set([...BUILT_IN, ...extraExtensions]);
  return {
    isVideo: (name) => known.has(extensionOf(name)),
    contentCheck: (name) => CONTENT_CHECKS.get(extensionOf(name)) ?? null,
  };
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}
