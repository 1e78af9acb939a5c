import type { Request, Response } from '../../shared/contract';
import { VitrineError } from '../../shared/errors';
import type { VideoSummary } from '../../shared/media';
import type { AudioTrack, Playback, SubtitleTrack } from '../../shared/playback';

type OpenRequest = Request<'player.open'>;
type OpenAnswer = Response<'player.open'>;

/** The playbacks of the made-up library. */
export class FakePlaybacks {
  /** IDs of those that were opened and not closed. */
  readonly open = new Set<string>();
  readonly requests: OpenRequest[] = [];
  /** Where videos stopped, by their IDs. */
  readonly positions = new Map<number, number | null>();
  /** Called before an answer goes out, so that a test can hold it back or refuse. */
  beforeAnswer: (request: OpenRequest) => Promise<void> | void = () => undefined;
  readonly #find: (id: number) => VideoSummary;

  constructor(find: (id: number) => VideoSummary) {
    this.#find = find;
  }

  async openFor(request: OpenRequest): Promise<OpenAnswer> {
    this.requests.push(request);
    const video = this.#find(request.videoId);
    const number = this.requests.length;
    await this.beforeAnswer(request);
    if (video.state === 'offline') {
      throw new VitrineError('ROOT_OFFLINE', 'The folder of this video is offline.');
    }
    if (video.state !== 'ok') {
      return { kind: 'unplayable', reason: 'The file is not in its folder any more.' };
    }
    if (video.videoCodec === 'prores') {
      return { kind: 'unplayable', reason: 'Nothing here can decode Apple ProRes RAW.' };
    }
    const playback = fakePlayback(number, video, request);
    this.open.add(playback.playbackId);
    return { kind: 'playable', playback };
  }

  close(playbackId: string): Record<string, never> {
    this.open.delete(playbackId);
    return {};
  }

  savePosition({ id, seconds }: Request<'player.savePosition'>): Record<string, never> {
    this.positions.set(id, seconds);
    return {};
  }
}

const TRACK = { isDefault: false, playable: true };

const AUDIO_TRACKS: AudioTrack[] = [
  { ...TRACK, index: 1, codec: 'aac', language: 'eng', title: null, channels: 2, isDefault: true },
  { ...TRACK, index: 2, codec: 'ac3', language: 'deu', title: null, channels: 6 },
  { ...TRACK, index: 3, codec: 'aac', language: 'eng', title: 'Commentary', channels: 2 },
  {
    ...TRACK,
    index: 4,
    codec: 'truehd',
    language: null,
    title: null,
    channels: 8,
    playable: false,
  },
];

const SUBTITLES = { ...TRACK, title: null, external: false, forced: false };

const SUBTITLE_TRACKS: SubtitleTrack[] = [
  { ...SUBTITLES, index: 5, codec: 'subrip', language: 'eng' },
  { ...SUBTITLES, index: 6, codec: 'subrip', language: 'deu', forced: true },
  { ...SUBTITLES, index: 7, codec: 'subrip', language: 'deu' },
  { ...SUBTITLES, index: 8, codec: 'hdmv_pgs_subtitle', language: 'fra' },
  { ...SUBTITLES, index: 9, codec: 'subrip', language: null, external: true },
  { ...SUBTITLES, index: 10, codec: 'eia_608', language: null, playable: false },
];

function fakePlayback(
  number: number,
  video: VideoSummary,
  { audioIndex, subtitleIndex, atLeast }: OpenRequest,
): Playback {
  const mode = subtitleIndex === undefined ? (atLeast ?? 'direct') : 'transcode';
  return {
    playbackId: number.toString(16).padStart(32, '0'),
    mode,
    mimeType: 'video/mp4',
    durationSeconds: video.durationSeconds,
    zeroSeconds: 0,
    frameSeconds: 0.04,
    audioTracks: AUDIO_TRACKS,
    subtitleTracks: SUBTITLE_TRACKS,
    audioIndex: audioIndex ?? 1,
    encoder: mode === 'transcode' ? 'libx264' : null,
  };
}
