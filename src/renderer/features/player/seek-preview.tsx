import { formatDuration } from '../../format/duration';
import { type LoadedFilmstrip, pictureAt } from './filmstrip';
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
  filmstrip: LoadedFilmstrip | null;
}) {
  const picture = filmstrip && pictureAt(filmstrip.layout, seconds, BOX);
  const width = Math.max(TIME_WIDTH, picture?.width ?? 0);
  const left = boxLeft((percentOf(seconds, duration) / 100) * barWidth, width, barWidth);
  return (
    <div
      aria-hidden
      data-testid="seek-preview"
      className="pointer-events-none absolute bottom-full mb-1 flex flex-col items-center gap-1"
      style={{ left, width }}
    >
      {filmstrip && picture && (
        <div
          className="rounded-badge bg-surface-1 outline outline-line"
          style={{
            width: picture.width,
            height: picture.height,
            backgroundImage: `url("${filmstrip.url}")`,
            backgroundSize: `${picture.sheetWidth}px ${picture.sheetHeight}px`,
            backgroundPosition: `-${picture.left}px -${picture.top}px`,
          }}
        />
      )}
      <span className="rounded-badge bg-pill px-1.5 text-small tabular-nums">
        {formatDuration(seconds)}
      </span>
    </div>
  );
}
