import { LoaderCircle } from 'lucide-react';
import { useApp } from '../../services';
import { isStalled, useLasting, useMedia } from './use-media';

/** Shorter waits need no sign. */
const QUIET_MS = 500;

/** Turns quietly while there is nothing to show yet. */
export function StallSign({ video }: { video: HTMLVideoElement | null }) {
  const opening = useApp((state) => state.player?.phase.kind === 'opening');
  const stalled = useMedia(video, () => video !== null && isStalled(video));
  const shown = useLasting(opening || stalled, QUIET_MS);
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-0 flex items-center justify-center"
    >
      {shown && (
        <span className="flex animate-appear rounded-full bg-pill p-3">
          <LoaderCircle aria-hidden className="size-6! animate-spin motion-reduce:animate-none" />
          <span className="sr-only">Loading</span>
        </span>
      )}
    </div>
  );
}
