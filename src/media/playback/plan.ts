import type { AudioStream, VideoStream } from '../../shared/media';
import { isBitmapSubtitle, PLAYBACK_MODES, type PlaybackMode } from '../../shared/playback';
import type { PlayableFacts, PlaybackChoice, StreamPlan } from '../../shared/playback-protocol';
import { isInterlaced } from '../screen-picture';
import { copiedVideoCodec, directType, isCopiedAudio } from './chromium-formats';
import type { Encoder } from './encoders';
import { planPicture } from './picture-plan';
import { audioStreams, type CanDecode, defaultAudio, subtitleStreams } from './tracks';

/** How a video is played, and which of its streams are. */
export interface PlayableWay {
  kind: 'playable';
  mode: PlaybackMode;
  mimeType: string;
  video: VideoStream;
  audio: AudioStream | null;
  burntSubtitle: number | null;
}

export type PlaybackWay = PlayableWay | { kind: 'unplayable'; reason: string };

/** Containers without an index, in which the demuxer finds a time but no key frame before it. */
const WITHOUT_INDEX = ['mpegts', 'mpegtsraw', 'mpeg', 'dv', 'mpegvideo', 'h264', 'hevc', 'm4v'];

/** Longer than nearly every group of pictures; it is read and decoded in a fraction of a second. */
const SEEK_MARGIN_SECONDS = 10;

/** A file that begins later has times of its own in its subtitles and its length too; those of the others are near 0. */
const MOST_DIRECT_START_SECONDS = 0.1;

/** What our own encoders write: profile High, level 4.2 (5.1 beyond full HD); Chromium looks at the profile only. */
const ENCODED_VIDEO = 'avc1.64002a';
const ENCODED_AUDIO = 'mp4a.40.2';

/** The cheapest way that surely works, not below the one that the page asks for. */
export function chooseWay(
  { container, streams }: PlayableFacts,
  choice: PlaybackChoice,
  canDecode: CanDecode,
): PlaybackWay {
  const video = streams.find((stream) => stream.type === 'video');
  if (!video) return unplayable('There are no pictures in this file.');
  const audio = chosenAudio(streams, choice, canDecode);
  const burntSubtitle = chosenBitmap(streams, choice);
  const streamed = audio ? `, ${ENCODED_AUDIO}` : '';
  const way = (mode: PlaybackMode, mimeType: string): PlayableWay => ({
    ...{ kind: 'playable', mode, mimeType, video, audio, burntSubtitle },
  });
  // Chromium plays the first one.
  const isFirstAudio = audio === (audioStreams(streams)[0] ?? null);
  const isFree = burntSubtitle === null && !isInterlaced(video);
  const direct = directType(container, video, audio);
  const isDirect = isFree && isFirstAudio && isNearZero(startOf(streams));
  if (direct && isDirect && allows('direct', choice)) return way('direct', direct);
  const copied = copiedVideoCodec(container, video);
  if (copied && isFree && allows('remux', choice)) {
    return way('remux', `video/mp4; codecs="${copied}${streamed}"`);
  }
  if (video.codec === null || !canDecode(video.codec)) {
    return unplayable(
      `Vitrine cannot decode its pictures (${video.codecLongName ?? video.codec ?? 'an unknown format'}).`,
    );
  }
  return way('transcode', `video/mp4; codecs="${ENCODED_VIDEO}${streamed}"`);
}

/** When a file begins by its own times, in seconds: ffmpeg counts from there, Chromium from 0. */
export function startOf(streams: PlayableFacts['streams']): number {
  const starts = streams
    .filter(({ type }) => type === 'video' || type === 'audio' || type === 'picture')
    .flatMap(({ startSeconds }) => startSeconds ?? []);
  return starts.length > 0 ? Math.min(...starts) : 0;
}

function isNearZero(seconds: number): boolean {
  return Math.abs(seconds) < MOST_DIRECT_START_SECONDS;
}

/** What ffmpeg has to do; null where the file is played as it is. */
export function planStream(
  { mode, video, audio, burntSubtitle }: PlayableWay,
  { container }: PlayableFacts,
  encoder: Encoder,
): StreamPlan | null {
  if (mode === 'direct') return null;
  return {
    videoIndex: video.index,
    audio: audio && {
      index: audio.index,
      copy: mode === 'remux' && isCopiedAudio(container, audio),
    },
    picture: mode === 'remux' ? null : planPicture(video, encoder, burntSubtitle),
    seekMarginSeconds: WITHOUT_INDEX.includes(container ?? '') ? SEEK_MARGIN_SECONDS : 0,
  };
}

function allows(
  mode: PlaybackMode,
  { atLeast = 'direct' }: { atLeast?: PlaybackMode | undefined },
) {
  return PLAYBACK_MODES.indexOf(mode) >= PLAYBACK_MODES.indexOf(atLeast);
}

/** None where the wanted one cannot be decoded: pictures without sound are better than nothing. */
function chosenAudio(
  streams: PlayableFacts['streams'],
  { audioIndex }: PlaybackChoice,
  canDecode: CanDecode,
): AudioStream | null {
  const chosen =
    audioStreams(streams).find(({ index }) => index === audioIndex) ?? defaultAudio(streams);
  return chosen?.codec && canDecode(chosen.codec) ? chosen : null;
}

function chosenBitmap(
  streams: PlayableFacts['streams'],
  { subtitleIndex }: PlaybackChoice,
): number | null {
  const chosen = subtitleStreams(streams).find(({ index }) => index === subtitleIndex);
  return chosen && isBitmapSubtitle(chosen) ? chosen.index : null;
}

function unplayable(reason: string): PlaybackWay {
  return { kind: 'unplayable', reason };
}
