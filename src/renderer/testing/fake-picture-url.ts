import type { PictureUrl } from '../features/previews/previews';
import { formatDuration } from '../format/duration';
import { fakeFilmstrip, readFakeToken } from './fake-preview';
import { fakeVideo } from './fake-video';

/** Drawings in place of what the app serves, which a browser cannot load: each frame tells its time. */
export const fakePictureUrl: PictureUrl = (token, kind) => {
  const { videoId, made } = readFakeToken(token);
  const video = fakeVideo(videoId, { rootId: 1, path: '' });
  const { columns, frameWidth, frameHeight, times } = fakeFilmstrip(video);
  const frames = times.map((seconds, index) => {
    const x = (index % columns) * frameWidth;
    const y = Math.floor(index / columns) * frameHeight;
    const turn = videoId * 47 + made * 90 + (index / times.length) * 120;
    return drawFrame({ x, y, width: frameWidth, height: frameHeight, turn, seconds });
  });
  const [first = ''] = frames;
  if (kind === 'poster') return svgUrl(frameWidth, frameHeight, first);
  const rows = Math.ceil(times.length / columns);
  return svgUrl(columns * frameWidth, rows * frameHeight, frames.join(''));
};

/** A sky, a hill and a sun that rises: enough to see aspect, edges and what changes. */
function drawFrame(frame: {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Hue in degrees. */
  turn: number;
  seconds: number;
}): string {
  const { x, y, width, height, turn, seconds } = frame;
  const box = `width="${width}" height="${height}"`;
  return `<svg x="${x}" y="${y}" ${box} viewBox="0 0 ${width} ${height}">
<rect ${box} fill="hsl(${turn} 35% 55%)"/>
<circle cx="${width * 0.7}" cy="${height * 0.35}" r="${Math.min(width, height) * 0.12}" fill="hsl(${turn + 40} 80% 80%)"/>
<ellipse cx="${width * 0.3}" cy="${height}" rx="${width * 0.6}" ry="${height * 0.4}" fill="hsl(${turn + 160} 30% 35%)"/>
<text x="8" y="${height * 0.2}" font-family="sans-serif" font-size="${Math.min(width, height) / 7}" fill="white">${formatDuration(seconds)}</text>
</svg>`;
}

function svgUrl(width: number, height: number, content: string): string {
  const image = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(image)}`;
}
