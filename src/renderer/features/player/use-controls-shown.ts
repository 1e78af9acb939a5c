import { type FocusEvent, type PointerEvent, useCallback, useEffect, useState } from 'react';
import { useMedia } from './use-media';

/** Controls fade after this long without a movement. */
const SHOWN_MS = 2_500;

export interface ControlsShown {
  shown: boolean;
  /** Shows them for a while: something was done. */
  stir: () => void;
  onPointerMove: (event: PointerEvent) => void;
  /** A menu of theirs opened or closed. */
  onMenu: (open: boolean) => void;
  /** For the element that holds them. */
  handlers: {
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onFocus: (event: FocusEvent) => void;
    onBlur: () => void;
  };
}

/**
 * Whether the controls are seen: while something moves or was just done, while nothing plays, and while the person is
 * on them with pointer, keyboard or a menu.
 */
export function useControlsShown(video: HTMLVideoElement | null, canPlay: boolean): ControlsShown {
  const paused = useMedia(video, () => video?.paused ?? true);
  const [stirred, setStirred] = useState(0);
  const [isQuiet, setQuiet] = useState(false);
  const [menuOpen, onMenu] = useState(false);
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each stir begins anew
  useEffect(() => {
    setQuiet(false);
    const timer = setTimeout(() => setQuiet(true), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [stirred]);

  const stir = useCallback(() => setStirred((count) => count + 1), []);
  return {
    shown: !isQuiet || paused || !canPlay || menuOpen || pointed || focused,
    stir,
    onPointerMove: (event) => {
      // A pointer that appears or disappears over what moved below it has not moved itself.
      if (event.movementX !== 0 || event.movementY !== 0) stir();
    },
    onMenu,
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: (event) => setFocused(event.target.matches(':focus-visible')),
      onBlur: () => setFocused(false),
    },
  };
}
