import { type Filmstrip, MAX_FILMSTRIP_FRAMES, type Preview } from '../../shared/preview';

const COLUMNS = 5;
const FRAME_SIZE = 320;
const DIGITS = 15;

/** The pictures of a made-up video, where they are made for the nth time; every 19th video is a single picture. */
export function fakePreview(videoId: number, made = 1): Preview {
  const token = (kind: 'a' | 'b') => `${kind}${hex(made, 32 - 1 - DIGITS)}${hex(videoId, DIGITS)}`;
  return { poster: token('a'), filmstrip: videoId % 19 === 0 ? null : token('b') };
}

/** What a token of {@link fakePreview} was made of. */
export function readFakeToken(token: string): { videoId: number; made: number } {
  return {
    videoId: Number.parseInt(token.slice(-DIGITS), 16),
    made: Number.parseInt(token.slice(1, -DIGITS), 16),
  };
}

/** The layout of a made-up filmstrip: a picture a second, up to as many as there may be. */
export function fakeFilmstrip(video: {
  durationSeconds: number | null;
  width: number | null;
  height: number | null;
}): Filmstrip {
  const { durationSeconds, width, height } = video;
  const seconds = durationSeconds ?? 1;
  const count = Math.max(1, Math.min(MAX_FILMSTRIP_FRAMES, Math.floor(seconds)));
  const scale = FRAME_SIZE / Math.max(width ?? 16, height ?? 9);
  return {
    columns: COLUMNS,
    frameWidth: Math.round((width ?? 16) * scale),
    frameHeight: Math.round((height ?? 9) * scale),
    times: Array.from({ length: count }, (_, frame) => ((frame + 0.5) / count) * seconds),
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
