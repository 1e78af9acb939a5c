import { ImageOff } from 'lucide-react';
import { memo } from 'react';
import type { VideoSummary } from '../../../shared/media';
import { formatDuration } from '../../format/duration';
import { classes } from '../../ui/classes';
import { MiddleTruncated } from '../../ui/middle-truncated';
import { type PointerScrub, usePointerScrub } from '../previews/use-pointer-scrub';
import { VideoPicture } from '../previews/video-picture';
import { AwaySign, StateIcon, stateName } from './video-state';
import { badgesOf, factLine } from './video-words';

export interface VideoTileProps {
  video: VideoSummary;
  index: number;
  total: number;
  width: number;
  frameHeight: number;
  selected: boolean;
  active: boolean;
  /** Whether the keyboard steps through its filmstrip. */
  scrubbed: boolean;
  onSelect: (id: number, index: number) => void;
  onOpen: (id: number) => void;
}

/**
 * One video of the grid. The option lies over the whole tile and says all that is seen below it: its name is exactly
 * the file's name, the facts are its description.
 */
export const VideoTile = memo(function VideoTile(props: VideoTileProps) {
  const { video, index, total, width, frameHeight, selected, active, scrubbed, onSelect, onOpen } =
    props;
  const facts = factLine(video);
  const state = stateName(video.state);
  const { durationSeconds } = video;
  const duration = durationSeconds === null ? null : formatDuration(durationSeconds);
  const pointer = usePointerScrub(frameHeight);
  return (
    <div
      data-testid="video-tile"
      data-video-id={video.id}
      className="group relative shrink-0"
      style={{ width }}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and names its active option */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the listbox handles the keys of all options */}
      <div
        role="option"
        id={`video-${video.id}`}
        aria-label={video.name}
        aria-description={[state, facts, duration].filter(Boolean).join(', ')}
        aria-selected={selected}
        aria-posinset={index + 1}
        aria-setsize={total}
        // It would lie over the picture that is scrubbed through.
        title={pointer.over ? undefined : video.name}
        onClick={() => onSelect(video.id, index)}
        onDoubleClick={() => onOpen(video.id)}
        {...pointer.handlers}
        className="absolute inset-0 z-10 touch-pan-y"
      />
      <Frame
        video={video}
        duration={duration}
        height={frameHeight}
        selected={selected}
        active={active}
        scrub={{ pointer, byKeyboard: scrubbed }}
      />
      <div aria-hidden className="mt-1.5 px-0.5">
        <MiddleTruncated text={video.name} className={state === null ? '' : 'text-muted'} />
        <p className="truncate text-small text-faint tabular-nums">{facts}</p>
      </div>
    </div>
  );
});

function Frame({
  video,
  duration,
  height,
  selected,
  active,
  scrub,
}: {
  video: VideoSummary;
  duration: string | null;
  height: number;
  selected: boolean;
  active: boolean;
  scrub: { pointer: PointerScrub; byKeyboard: boolean };
}) {
  return (
    <div
      aria-hidden
      className={classes(
        'relative overflow-hidden rounded-panel bg-surface-1 transition-shadow',
        selected && 'ring-2 ring-accent',
        // The keyboard's ring lies outside the selection's, in another colour.
        active &&
          'group-focus-visible/list:outline-2 group-focus-visible/list:outline-offset-4 group-focus-visible/list:outline-text',
      )}
      style={{ height }}
    >
      <VideoPicture key={video.id} video={video} scrub={scrub}>
        {video.state === 'unreadable' ? (
          <StateIcon state="unreadable" className="size-5! text-muted" />
        ) : (
          video.previewProblem !== null && (
            <ImageOff data-testid="no-picture" className="size-5! text-muted" />
          )
        )}
      </VideoPicture>
      <Badges video={video} />
      <AwaySign state={video.state} />
      {duration !== null && (
        <span className="absolute right-1.5 bottom-1.5 rounded-badge bg-pill px-1.5 text-label text-on-pill tabular-nums">
          {duration}
        </span>
      )}
    </div>
  );
}

function Badges({ video }: { video: VideoSummary }) {
  const badges = badgesOf(video);
  if (badges.length === 0) return null;
  return (
    <div className="absolute top-1.5 left-1.5 flex gap-1">
      {badges.map((badge) => (
        <span key={badge} className="rounded-badge bg-pill px-1 text-label text-on-pill">
          {badge}
        </span>
      ))}
    </div>
  );
}

/** Where a tile will be, in its exact size. */
export function TilePlaceholder({ width, frameHeight }: { width: number; frameHeight: number }) {
  return (
    <div aria-hidden className="shrink-0" style={{ width }}>
      <div className="rounded-panel bg-surface-1" style={{ height: frameHeight }} />
      <div className="mt-3 h-2 w-2/3 rounded-badge bg-surface-1" />
    </div>
  );
}
