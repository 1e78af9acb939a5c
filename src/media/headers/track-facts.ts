import type { HdrKind } from '../../shared/media';
import { type Fraction, formatFraction, fractionValue } from '../probe/fraction';
import { HeaderDoubt } from './header-source';
import type { QuickFacts } from './quick-facts';

/** Coded size and shape of a video track. */
export interface TrackPicture {
  width: number;
  height: number;
  /** Null for square samples. */
  sampleAspect: Fraction | null;
  bitDepth: number | null;
}

/** One track of a container, as far as its header tells; null where it does not. */
export interface Track {
  kind: 'video' | 'audio' | 'subtitle' | 'other';
  isDefault: boolean;
  language: string | null;
  codec: string | null;
  picture: TrackPicture | null;
  rotation: 0 | 90 | 180 | 270 | null;
  channels: number | null;
  /** Null also where samples may be fields. */
  frameRate: Fraction | null;
  variableFrameRate: boolean | null;
  hdr: HdrKind | null;
  /** A codec of still images: the track may be cover art. */
  isStill: boolean;
  /** Where it ends, in microseconds; 0 for a track without samples. */
  endUs: number | null;
}

/** No camera's file plays faster: ffprobe's parser has the same bound. */
const HIGHEST_RATE = 1000;

/**
 * The file's facts from its tracks. The main track of a kind is the first that is marked as default, else the first.
 * @throws HeaderDoubt where there is no video, or it may be cover art
 */
export function factsOfTracks(
  tracks: readonly Track[],
): Omit<QuickFacts, 'container' | 'durationUs' | 'bitRate' | 'recordedAtMs'> {
  const ofKind = (kind: Track['kind']) => tracks.filter((track) => track.kind === kind);
  const [video, audio] = (['video', 'audio'] as const).map((kind) => main(ofKind(kind)));
  if (!video) throw new HeaderDoubt('no video track');
  if (tracks.length > 1 && ofKind('video').some(({ isStill }) => isStill)) {
    throw new HeaderDoubt('a video track that may be cover art');
  }
  const rate = video.frameRate;
  const isSane = rate !== null && fractionValue(rate) < HIGHEST_RATE;
  return {
    ...displaySize(video),
    rotation: video.rotation,
    frameRate: isSane ? formatFraction(rate) : null,
    variableFrameRate: isSane ? video.variableFrameRate : null,
    videoCodec: video.codec,
    audioCodec: audio?.codec ?? null,
    audioChannels: audio?.channels ?? null,
    audioLanguage: audio?.language ?? null,
    hdr: video.hdr,
    bitDepth: video.picture?.bitDepth ?? null,
    videoTracks: ofKind('video').length,
    audioTracks: ofKind('audio').length,
    subtitleTracks: ofKind('subtitle').length,
  };
}

function main(tracks: readonly Track[]): Track | undefined {
  return tracks.find(({ isDefault }) => isDefault) ?? tracks[0];
}

/** In square pixels as shown: stretched by the sample aspect ratio, then turned. */
function displaySize({ picture, rotation }: Track) {
  if (!picture || rotation === null) return { width: null, height: null };
  const { sampleAspect, height } = picture;
  const factor = sampleAspect ? fractionValue(sampleAspect) : 1;
  const width = Math.max(1, Math.round(picture.width * factor));
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}
