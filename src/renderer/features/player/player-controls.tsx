import { Maximize, Minimize, Pause, Play } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { formatDuration } from '../../format/duration';
import { useApp, useServices } from '../../services';
import { classes } from '../../ui/classes';
import { ActionButton } from './action-button';
import { SeekBar } from './seek-bar';
import { AudioMenu, SpeedMenu, SubtitleMenu } from './track-menus';
import type { ControlsShown } from './use-controls-shown';
import { useMedia } from './use-media';
import { useCanPlay, useDuration } from './use-player';
import { VolumeControl } from './volume-control';

/** What one steers the video by, over its lower edge. */
export function PlayerControls({
  video,
  controls,
}: {
  video: HTMLVideoElement | null;
  controls: ControlsShown;
}) {
  const { onMenu, handlers } = controls;
  const neighbours = useApp((state) => state.player?.neighbours);
  const canPlay = useCanPlay();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the keyboard where it is
    <div
      data-testid="player-controls"
      className={classes(
        'w-full bg-linear-to-t from-scrim to-transparent px-4 pt-8 pb-2 transition-opacity duration-180',
        controls.shown ? 'pointer-events-auto opacity-100' : 'opacity-0',
      )}
      // A click on a button must not take the keyboard: space would press it again.
      onMouseDown={(event) => event.preventDefault()}
      {...handlers}
    >
      {canPlay && <SeekBar video={video} />}
      <div className="mt-1 flex h-9 items-center gap-1">
        <ActionButton
          name="previous-video"
          disabled={!neighbours?.previous}
          className="disabled:opacity-40"
        />
        {canPlay && <PlayButton video={video} />}
        <ActionButton
          name="next-video"
          disabled={!neighbours?.next}
          className="disabled:opacity-40"
        />
        {canPlay && (
          <>
            <ActionButton name="previous-frame" className="ml-2" />
            <ActionButton name="next-frame" />
            <VolumeControl />
            <TimeText video={video} />
            <div className="flex-1" />
            <SpeedMenu onOpenChange={onMenu} />
            <AudioMenu onOpenChange={onMenu} />
            <SubtitleMenu onOpenChange={onMenu} />
            <LoopButton />
            <ActionButton name="set-poster" />
            <FullScreenButton />
          </>
        )}
      </div>
    </div>
  );
}

function PlayButton({ video }: { video: HTMLVideoElement | null }) {
  const paused = useMedia(video, () => video === null || video.paused || video.ended);
  return (
    <ActionButton
      name="toggle-play"
      icon={paused ? Play : Pause}
      label={paused ? 'Play' : 'Pause'}
      className="size-9! [&>svg]:size-5 [&>svg]:fill-current"
    />
  );
}

function LoopButton() {
  const loop = useApp((state) => state.player?.loop ?? false);
  return (
    <ActionButton
      name="toggle-loop"
      label="Loop"
      aria-pressed={loop}
      className="aria-pressed:text-accent!"
    />
  );
}

function FullScreenButton() {
  const isFull = useSyncExternalStore(followFullScreen, () => document.fullscreenElement !== null);
  return (
    <ActionButton
      name="toggle-full-screen"
      icon={isFull ? Minimize : Maximize}
      label={isFull ? 'Leave full screen' : 'Full screen'}
    />
  );
}

function followFullScreen(onChange: () => void): () => void {
  document.addEventListener('fullscreenchange', onChange);
  return () => document.removeEventListener('fullscreenchange', onChange);
}

function TimeText({ video }: { video: HTMLVideoElement | null }) {
  const { player } = useServices();
  const seconds = useMedia(video, () => Math.floor(player.media.seconds), true);
  const duration = useDuration(video);
  return (
    <span className="ml-2 whitespace-nowrap tabular-nums" data-testid="player-time">
      {formatDuration(seconds)}
      <span className="text-muted"> / {formatDuration(duration)}</span>
    </span>
  );
}
