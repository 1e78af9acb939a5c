import { useEffect } from 'react';
import { formatDuration } from '../../format/duration';
import { useApp, useServices } from '../../services';

/** How long it can be started over from here, in milliseconds. */
const SHOWN_MS = 8_000;

/** Says that the video goes on where it stopped, and offers its beginning. */
export function ResumeNote() {
  const { player, store } = useServices();
  const seconds = useApp((state) => state.player?.resumedAtSeconds ?? null);
  const isPlayable = useApp((state) => state.player?.phase.kind === 'playable');
  const shown = seconds !== null && isPlayable;

  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(
      () => store.getState().changePlayer({ resumedAtSeconds: null }),
      SHOWN_MS,
    );
    return () => clearTimeout(timer);
  }, [shown, store]);

  return (
    <div role="status">
      {shown && (
        <p className="pointer-events-auto mb-1 ml-4 flex h-8 animate-appear items-center gap-2 rounded-panel bg-pill pr-1 pl-3 tabular-nums">
          Resumed at {formatDuration(seconds)}
          <span aria-hidden className="text-muted">
            ·
          </span>
          <button
            type="button"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => player.startOver()}
            className="rounded-badge px-2 leading-6 font-medium transition hover:bg-surface-2"
          >
            Start over
          </button>
        </p>
      )}
    </div>
  );
}
