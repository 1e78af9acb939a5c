import { type PointerEvent, useMemo, useState } from 'react';
import { PointerTrack } from './pointer-track';

export interface PointerScrub {
  /** Whether a pointer moves over the picture: it renders again only when that changes. */
  over: boolean;
  track: PointerTrack;
  handlers: {
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerLeave: () => void;
    onPointerCancel: () => void;
  };
}

/**
 * Follows a pointer over an element whose upper part is a 16:9 frame as wide as itself. It begins with a movement, not
 * with the element appearing below a pointer at rest: what scrolls past is not loaded.
 */
export function usePointerScrub(): PointerScrub {
  const [over, setOver] = useState(false);
  const [track] = useState(() => new PointerTrack());
  const handlers = useMemo(() => {
    const show = (fraction: number | null) => {
      track.move(fraction);
      setOver(fraction !== null);
    };
    const leave = () => show(null);
    return {
      onPointerMove: ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) => {
        const { left, top, width } = currentTarget.getBoundingClientRect();
        const isOnPicture = clientY - top < (width * 9) / 16;
        show(isOnPicture ? Math.min(1, Math.max(0, (clientX - left) / width)) : null);
      },
      onPointerLeave: leave,
      onPointerCancel: leave,
    };
  }, [track]);
  return { over, track, handlers };
}
