import { type RefObject, useEffect, useRef, useState } from 'react';
import { useApp, useServices } from '../../services';
import { classes } from '../../ui/classes';
import { focusVideoList } from '../browser/video-list-focus';
import { CannotPlay } from './cannot-play';
import { leaveFullScreen } from './full-screen';
import { PlayerControls } from './player-controls';
import { PlayerHeader } from './player-header';
import { PlayerPicture } from './player-picture';
import { ResumeNote } from './resume-note';
import { StallSign } from './stall-sign';
import { useControlsShown } from './use-controls-shown';
import { useMediaKeys } from './use-media-keys';
import { useCanPlay } from './use-player';
import { usePlayerKeys } from './use-player-keys';

/** The player over the whole window, while a video is in it. */
export function PlayerWindow() {
  const videoId = useApp((state) => state.player?.videoId);
  return videoId === undefined ? null : <OpenPlayer videoId={videoId} />;
}

function OpenPlayer({ videoId }: { videoId: number }) {
  const { player } = useServices();
  const root = useRef<HTMLDivElement>(null);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const name = useApp((state) => state.player?.video?.name);
  const phase = useApp((state) => state.player?.phase);
  const controls = useControlsShown(video, useCanPlay());
  usePlayerKeys(root, controls.stir);
  useMediaKeys(name ?? null);
  useKeyboardInPlayer(root);

  // A window that closes says so to nobody else.
  useEffect(() => {
    const close = () => player.close();
    window.addEventListener('pagehide', close);
    return () => window.removeEventListener('pagehide', close);
  }, [player]);

  return (
    <div
      ref={root}
      role="dialog"
      aria-modal="true"
      aria-label={name === undefined ? 'Player' : `Player: ${name}`}
      data-testid="player"
      tabIndex={-1}
      onPointerMove={controls.onPointerMove}
      className={classes(
        'on-picture fixed inset-0 z-30 overflow-hidden text-text outline-none',
        !controls.shown && 'cursor-none',
      )}
    >
      <PlayerPicture key={videoId} onVideo={setVideo} controlsShown={controls.shown} />
      <StallSign video={video} />
      {phase && (phase.kind === 'unplayable' || phase.kind === 'failed') && (
        <CannotPlay phase={phase} />
      )}
      <PlayerHeader shown={controls.shown} />
      <div className="pointer-events-none absolute inset-x-0 bottom-0 flex flex-col items-start">
        <ResumeNote key={videoId} />
        <PlayerControls video={video} controls={controls} />
      </div>
    </div>
  );
}

/** The player takes the keyboard, and gives it to the videos when it closes: what was played last is selected there. */
function useKeyboardInPlayer(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    root.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
      focusVideoList();
      leaveFullScreen();
    };
  }, [root]);
}
