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
 * Follows a pointer over a picture. It begins with a movement, not with the picture appearing below a pointer at rest:
 * what scrolls past is not loaded.
 *
 * @param pictureHeight CSS pixels, where more than the picture lies in the element
 */
export function usePointerScrub(pictureHeight = Number.POSITIVE_INFINITY): PointerScrub {
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
        const isOnPicture = clientY - top < pictureHeight;
        show(isOnPicture ? Math.min(1, Math.max(0, (clientX - left) / width)) : null);
      },
      onPointerLeave: leave,
      onPointerCancel: leave,
    };
  }, [track, pictureHeight]);
  return { over, track, handlers };
}
