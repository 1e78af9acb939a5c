import type {
  ProblemCode,
  Stream,
  Verification,
  VideoDetail,
  VideoSummary,
} from '../../shared/media';
import type { SortKey, VideoQuery } from '../../shared/video-query';
import { fakePreview } from './fake-preview';

const DAY_MS = 24 * 60 * 60 * 1000;
/** All made-up times lie before this one, so that pictures of the page do not change from day to day. */
export const FAKE_NOW_MS = Date.UTC(2026, 4, 10, 9, 0);

const FOLDERS = ['', 'Rome', 'Rome/Day 2', 'Beach', 'Birthday/Raw', 'Drone', 'Interviews/Camera B'];
const NAMES = [
  'DSC',
  'GX01',
  'IMG',
  'A001_C0',
  'MVI',
  'Interview with Anna and Bruno take ',
  'PXL_',
];
const SHAPES = [
  { width: 1920, height: 1080, codec: 'h264', rate: '30000/1001', container: 'mp4' },
  { width: 3840, height: 2160, codec: 'hevc', rate: '60000/1001', container: 'mov' },
  { width: 1080, height: 1920, codec: 'h264', rate: '30/1', container: 'mp4' },
  { width: 1280, height: 720, codec: 'vp9', rate: '25/1', container: 'webm' },
  { width: 720, height: 576, codec: 'mpeg2video', rate: '25/1', container: 'mpegts' },
  { width: 4096, height: 1716, codec: 'prores', rate: '24000/1001', container: 'mov' },
  { width: 640, height: 480, codec: 'mpeg4', rate: '15/1', container: 'avi' },
] as const;
const PROBLEMS: readonly ProblemCode[] = [
  'DAMAGED',
  'EMPTY_FILE',
  'NOT_MEDIA',
  'PERMISSION_DENIED',
  'TIMED_OUT',
  'PROCESS_CRASHED',
];

/** The video with this ID (from 1 on); the same one every time. */
export function fakeVideo(id: number, root: { rootId: number; path: string }): VideoSummary {
  const random = randomNumbers(id);
  const shape = pick(SHAPES, random());
  const folder = pick(FOLDERS, random());
  const name = `${pick(NAMES, random())}${String(id).padStart(4, '0')}.${extensionOf(shape.container)}`;
  const seconds = 4 + random() ** 3 * 5400;
  const bitRate = 2_000_000 + random() * 60_000_000;
  const problem = id % 37 === 0 ? (PROBLEMS[(id / 37) % PROBLEMS.length] ?? null) : null;
  const isKnown = problem === null;
  return {
    id,
    rootId: root.rootId,
    path: [root.path, folder, name].filter((part) => part !== '').join('/'),
    folder,
    name,
    sizeBytes: problem === 'EMPTY_FILE' ? 0 : Math.round((seconds * bitRate) / 8),
    mtimeMs: FAKE_NOW_MS - Math.round(random() * 3000) * DAY_MS,
    state: stateOf(id, root, problem),
    probeLevel: isKnown ? 'full' : 'none',
    container: isKnown ? shape.container : null,
    durationSeconds: isKnown ? seconds : null,
    width: isKnown ? shape.width : null,
    height: isKnown ? shape.height : null,
    rotation: isKnown ? 0 : null,
    frameRate: isKnown ? shape.rate : null,
    variableFrameRate: isKnown ? random() > 0.85 : null,
    videoCodec: isKnown ? shape.codec : null,
    audioCodec: isKnown ? pick(['aac', 'pcm_s16le', 'opus', 'ac3'], random()) : null,
    audioChannels: isKnown ? pick([1, 2, 2, 2, 6], random()) : null,
    bitRate: isKnown ? Math.round(bitRate) : null,
    hdr: isKnown && shape.codec === 'hevc' && random() > 0.5 ? 'HLG' : null,
    bitDepth: isKnown ? 8 : null,
    addedAtMs: FAKE_NOW_MS - (id % 400) * DAY_MS,
    problem: problem && { code: problem, message: 'Invalid data found when processing input' },
    preview: isKnown && id % 29 !== 0 ? fakePreview(id) : null,
    previewProblem: isKnown && id % 29 === 0 ? 'Every picture in it is black.' : null,
  };
}

function stateOf(id: number, root: { path: string }, problem: ProblemCode | null) {
  if (problem !== null) return 'unreadable';
  if (root.path.includes('offline')) return 'offline';
  return id % 53 === 0 ? 'missing' : 'ok';
}

/** What decoding it found: every third video is damaged. */
export function fakeVerification(id: number): Verification {
  const base = { verifiedAtMs: FAKE_NOW_MS - DAY_MS, damage: [], damageCount: 0 };
  if (id % 3 !== 0) return { ...base, outcome: 'intact' };
  const message = 'error while decoding MB 45 28, bytestream -7';
  const damage = [
    { atSeconds: 12.34, message },
    { atSeconds: 754.5, untilSeconds: 771, message },
    { atSeconds: null, message: 'Packet mismatch 1 2' },
  ];
  return { ...base, outcome: 'damaged', damage, damageCount: 41, unchecked: ['av1'] };
}

/** The same video with many streams, chapters and recording data. */
export function fakeDetail(video: VideoSummary): VideoDetail {
  const isKnown = video.state !== 'unreadable';
  return {
    ...video,
    problem: video.problem && {
      ...video.problem,
      stage: 'probe',
      toolOutput: `[mov,mp4 @ 0x55d0] moov atom not found\nfile:${video.path}: Invalid data found when processing input`,
      occurredAt: FAKE_NOW_MS - DAY_MS,
    },
    formatName: isKnown ? 'mov,mp4,m4a,3gp,3g2,mj2' : null,
    timecode: isKnown ? '01:00:00;00' : null,
    recordedAtMs: isKnown ? video.mtimeMs : null,
    cameraMake: isKnown ? 'Sony' : null,
    cameraModel: isKnown ? 'ILCE-7SM3' : null,
    location: isKnown ? { latitude: 41.8902, longitude: 12.4922, altitude: 21 } : null,
    title: null,
    missingSinceMs: video.state === 'missing' ? FAKE_NOW_MS - 3 * DAY_MS : null,
    probedAtMs: FAKE_NOW_MS,
    streams: isKnown ? fakeStreams(video) : [],
    chapters: isKnown
      ? [
          { startSeconds: 0, endSeconds: 60, title: 'Arrival' },
          { startSeconds: 60, endSeconds: 754, title: 'The long walk through the old town' },
          { startSeconds: 754, endSeconds: 3723, title: null },
        ]
      : [],
    tags: [],
    rating: null,
    note: null,
    posterSeconds: null,
    positionSeconds: null,
    copies: [],
    verification: null,
  };
}

function fakeStreams(video: VideoSummary): Stream[] {
  const base = {
    codecLongName: null,
    codecTag: null,
    profile: null,
    bitRate: null,
    durationSeconds: video.durationSeconds,
    startSeconds: 0,
    language: null,
    title: null,
    disposition: ['default'],
  };
  const audio = { ...base, type: 'audio', sampleFormat: 'fltp', bitDepth: null } as const;
  return [
    {
      ...base,
      index: 0,
      type: 'video',
      codec: video.videoCodec,
      codecTag: 'avc1',
      profile: 'High',
      bitRate: video.bitRate,
      level: video.videoCodec === 'hevc' ? 153 : 41,
      codedWidth: 1440,
      codedHeight: 1080,
      width: video.width,
      height: video.height,
      sampleAspectRatio: '4/3',
      rotation: 90,
      averageFrameRate: video.frameRate,
      realFrameRate: video.frameRate,
      variableFrameRate: video.variableFrameRate,
      pixelFormat: 'yuv420p',
      bitDepth: 8,
      colourPrimaries: 'bt709',
      colourTransfer: 'bt709',
      colourMatrix: 'bt709',
      colourRange: 'tv',
      hdr: video.hdr,
      fieldOrder: 'progressive',
      frameCount: 22_620,
    },
    {
      ...audio,
      index: 1,
      codec: 'aac',
      profile: 'LC',
      language: 'eng',
      channels: 2,
      channelLayout: 'stereo',
      sampleRate: 48_000,
    },
    {
      ...audio,
      index: 2,
      codec: 'ac3',
      language: 'deu',
      title: 'Director’s commentary',
      disposition: ['comment'],
      channels: 6,
      channelLayout: '5.1(side)',
      sampleRate: 48_000,
    },
    { ...base, index: 3, type: 'subtitle', codec: 'mov_text', language: 'fra', fileName: null },
    { ...base, index: 4, type: 'data', codec: null, codecTag: 'tmcd', fileName: null },
    {
      ...base,
      index: 5,
      type: 'picture',
      codec: 'mjpeg',
      fileName: 'cover.jpg',
      disposition: ['attached_pic'],
    },
  ];
}

/** The rows of a query in its order. */
export function answerQuery(videos: readonly VideoSummary[], query: VideoQuery): VideoSummary[] {
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = videos.filter((video) => {
    const text = `${video.folder}/${video.name}`.toLowerCase();
    return isInScope(video, query) && words.every((word) => text.includes(word));
  });
  const value = SORT_VALUES[query.sort];
  const direction = query.descending ? -1 : 1;
  return rows.sort((a, b) => direction * compare(value(a), value(b)) || a.id - b.id);
}

function isInScope(video: VideoSummary, { scope }: VideoQuery): boolean {
  switch (scope.type) {
    case 'all':
      return true;
    case 'recent':
      return video.addedAtMs > FAKE_NOW_MS - 30 * DAY_MS;
    case 'problems':
      return video.state === 'unreadable';
    case 'missing':
      return video.state === 'missing';
    case 'root':
      return video.rootId === scope.rootId;
  }
}

const SORT_VALUES: Record<SortKey, (video: VideoSummary) => string | number> = {
  name: (video) => video.name,
  folder: (video) => video.folder,
  added: (video) => video.addedAtMs,
  modified: (video) => video.mtimeMs,
  duration: (video) => video.durationSeconds ?? -1,
  size: (video) => video.sizeBytes,
  resolution: (video) => (video.width ?? 0) * (video.height ?? 0),
  frameRate: (video) => Number(video.frameRate?.split('/')[0] ?? 0),
  bitRate: (video) => video.bitRate ?? -1,
  videoCodec: (video) => video.videoCodec ?? '',
};

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function extensionOf(container: string): string {
  return container === 'mpegts' ? 'MTS' : container;
}

function pick<T>(values: readonly T[], random: number): T {
  return values[Math.floor(random * values.length)] as T;
}

/** A small generator of numbers in 0..1 that depend on nothing but the seed. */
function randomNumbers(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
