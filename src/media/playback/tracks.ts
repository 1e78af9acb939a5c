import type { AudioStream, OtherStream, Stream } from '../../shared/media';
import type { AudioTrack, SubtitleTrack } from '../../shared/playback';

/** Tells whether the bundled ffmpeg has a decoder, by ffprobe's name of the codec. */
export type CanDecode = (codec: string) => boolean;

export function audioStreams(streams: readonly Stream[]): AudioStream[] {
  return streams.filter((stream) => stream.type === 'audio');
}

export function subtitleStreams(streams: readonly Stream[]): OtherStream[] {
  return streams.filter((stream): stream is OtherStream => stream.type === 'subtitle');
}

/** The stream that is heard unless another is chosen: the file's default, else the first; null when there is none. */
export function defaultAudio(streams: readonly Stream[]): AudioStream | null {
  const all = audioStreams(streams);
  return all.find(({ disposition }) => disposition.includes('default')) ?? all[0] ?? null;
}

export function audioTracks(streams: readonly Stream[], canDecode: CanDecode): AudioTrack[] {
  return audioStreams(streams).map((stream) => ({
    ...trackOf(stream, canDecode),
    channels: stream.channels,
  }));
}

export function subtitleTracks(streams: readonly Stream[], canDecode: CanDecode): SubtitleTrack[] {
  return subtitleStreams(streams).map((stream) => ({
    ...trackOf(stream, canDecode),
    external: false,
    forced: stream.disposition.includes('forced'),
  }));
}

function trackOf(stream: AudioStream | OtherStream, canDecode: CanDecode) {
  const { index, codec, language, title, disposition } = stream;
  return {
    ...{ index, codec, language, title },
    isDefault: disposition.includes('default'),
    playable: codec !== null && canDecode(codec),
  };
}
