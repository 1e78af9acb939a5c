import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useApp, useServices } from '../../services';
import { classes } from '../../ui/classes';
import { useFilmstrip } from './filmstrip';
import { bufferedParts, percentOf, seekWords, timeAtPointer } from './seek-math';
import { SeekPreview } from './seek-preview';
import { useMedia } from './use-media';
import { useDuration, usePlayback } from './use-player';

/** Seconds that Page Up and Page Down move by. */
const PAGE_SECONDS = 60;

/** Where in the video it is: shows what lies under the pointer, and seeks by a click or a drag. */
export function SeekBar({ video }: { video: HTMLVideoElement | null }) {
  const { player } = useServices();
  const shown = useApp((state) => state.player?.video ?? null);
  const playback = usePlayback();
  const filmstrip = useFilmstrip(shown);
  const bar = useRef<HTMLDivElement>(null);
  /** Time under the pointer; null while it is elsewhere. */
  const [pointedSeconds, setPointed] = useState<number | null>(null);
  const [dragging, setDragging] = useState(false);
  const duration = useDuration(video);
  const played = useMedia(video, () => Math.round(player.media.seconds * 10) / 10, true);
  const seconds = dragging && pointedSeconds !== null ? pointedSeconds : played;

  const timeAt = ({ clientX }: PointerEvent) =>
    bar.current ? timeAtPointer(clientX, bar.current.getBoundingClientRect(), duration) : 0;
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const time = timeAt(event);
    setPointed(time);
    // What has to be made for each seek is made once the pointer is let go.
    const isQuick = playback?.mode === 'direct' && video !== null && !video.seeking;
    if (dragging && isQuick) player.media.seekTo(time);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragging(true);
    onPointerMove(event);
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    if (!dragging) return;
    setDragging(false);
    player.media.seekTo(timeAt(event));
  };
  // Arrows, Home and End are the player's own keys, wherever the keyboard is.
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'PageUp') player.media.seekBy(PAGE_SECONDS);
    if (key === 'PageDown') player.media.seekBy(-PAGE_SECONDS);
  };

  return (
    <div
      role="slider"
      tabIndex={0}
      data-seek-bar
      data-testid="seek-bar"
      aria-label="Position"
      aria-valuemin={0}
      aria-valuemax={Math.round(duration)}
      aria-valuenow={Math.round(seconds)}
      aria-valuetext={seekWords(seconds, duration)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDragging(false)}
      onPointerLeave={() => setPointed(null)}
      onKeyDown={onKeyDown}
      className="group relative flex h-5 touch-none items-center rounded-badge"
    >
      <div
        ref={bar}
        className={classes(
          'relative w-full overflow-hidden rounded-full bg-track transition-[height] group-hover:h-1.5',
          dragging ? 'h-1.5' : 'h-1',
        )}
      >
        <BufferedParts video={video} duration={duration} />
        <div
          data-testid="seek-played"
          className="absolute inset-y-0 left-0 bg-accent"
          style={{ width: `${percentOf(seconds, duration)}%` }}
        />
      </div>
      <div
        className={classes(
          'pointer-events-none absolute size-3 -translate-x-1/2 rounded-full bg-text transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100',
          dragging ? 'opacity-100' : 'opacity-0',
        )}
        style={{ left: `${percentOf(seconds, duration)}%` }}
      />
      {pointedSeconds !== null && (
        <SeekPreview
          seconds={pointedSeconds}
          duration={duration}
          barWidth={bar.current?.clientWidth ?? 0}
          filmstrip={filmstrip}
        />
      )}
    </div>
  );
}

function BufferedParts({ video, duration }: { video: HTMLVideoElement | null; duration: number }) {
  // As one value, so that it is drawn again only when something was loaded.
  const key = useMedia(video, () =>
    video === null ? '[]' : JSON.stringify(bufferedParts(video.buffered, duration)),
  );
  const parts: ReturnType<typeof bufferedParts> = JSON.parse(key);
  return parts.map(({ leftPercent, widthPercent }) => (
    <div
      key={leftPercent}
      className="absolute inset-y-0 bg-track"
      style={{ left: `${leftPercent}%`, width: `${widthPercent}%` }}
    />
  ));
}
