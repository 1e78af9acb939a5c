import { useLayoutEffect, useRef } from 'react';
import { formatDuration } from '../../format/duration';
import { frameOrigin } from '../previews/filmstrip-frames';
import type { OpenFilmstrip } from '../previews/open-filmstrip';
import { nearestFrame } from './filmstrip';
import { boxLeft, percentOf } from './seek-math';

/** Largest size of the picture, in pixels. */
const BOX = { width: 200, height: 150 };
/** Width of the time alone, in pixels. */
const TIME_WIDTH = 64;

/** What the video shows at the time under the pointer. */
export function SeekPreview({
  seconds,
  duration,
  barWidth,
  filmstrip,
}: {
  seconds: number;
  duration: number;
  barWidth: number;
  filmstrip: OpenFilmstrip | null;
}) {
  const width = Math.max(TIME_WIDTH, filmstrip ? shownWidth(filmstrip) : 0);
  const left = boxLeft((percentOf(seconds, duration) / 100) * barWidth, width, barWidth);
  return (
    <div
      aria-hidden
      data-testid="seek-preview"
      className="pointer-events-none absolute bottom-full mb-1 flex flex-col items-center gap-1"
      style={{ left, width }}
    >
      {filmstrip && <StripPicture filmstrip={filmstrip} seconds={seconds} />}
      <span className="rounded-badge bg-pill px-1.5 text-small tabular-nums">
        {formatDuration(seconds)}
      </span>
    </div>
  );
}

function StripPicture({ filmstrip, seconds }: { filmstrip: OpenFilmstrip; seconds: number }) {
  const { layout, sprite } = filmstrip;
  const { frameWidth, frameHeight, times } = layout;
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = nearestFrame(times, seconds);

  // Before it is on screen, so that it never shows an empty box.
  useLayoutEffect(() => {
    const { x, y } = frameOrigin(frame, layout);
    const size = [frameWidth, frameHeight] as const;
    canvas.current?.getContext('2d')?.drawImage(sprite, x, y, ...size, 0, 0, ...size);
  }, [frame, layout, sprite, frameWidth, frameHeight]);

  return (
    <canvas
      ref={canvas}
      width={frameWidth}
      height={frameHeight}
      style={{ width: shownWidth(filmstrip) }}
      className="rounded-badge outline outline-line"
    />
  );
}

/** Of a picture in {@link BOX}, in pixels. */
function shownWidth({ layout: { frameWidth, frameHeight } }: OpenFilmstrip): number {
  return Math.round(frameWidth * Math.min(BOX.width / frameWidth, BOX.height / frameHeight));
}
