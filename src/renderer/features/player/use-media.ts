import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';

/** Numbers that tick do so at most ten times a second. */
const TICK_MS = 100;

const EVENTS = [
  'play',
  'playing',
  'pause',
  'ended',
  'seeking',
  'seeked',
  'waiting',
  'canplay',
  'loadeddata',
  'durationchange',
  'progress',
  'timeupdate',
  'emptied',
] as const;

/**
 * A value of a video element, followed as it changes.
 *
 * @param read must answer the same primitive value as long as nothing changed
 * @param ticks whether it changes while the video plays without an event that tells
 */
export function useMedia<T extends string | number | boolean>(
  video: HTMLVideoElement | null,
  read: () => T,
  ticks = false,
): T {
  const subscribe = useCallback(
    (onChange: () => void) => {
      if (video === null) return () => undefined;
      const ended = new AbortController();
      for (const event of EVENTS) {
        video.addEventListener(event, onChange, { signal: ended.signal });
      }
      const timer = ticks ? setInterval(onChange, TICK_MS) : undefined;
      return () => {
        ended.abort();
        clearInterval(timer);
      };
    },
    [video, ticks],
  );
  return useSyncExternalStore(subscribe, read);
}

/** Whether the element has nothing to show for where it is to be. */
export function isStalled(
  video: Pick<HTMLVideoElement, 'seeking' | 'paused' | 'ended' | 'readyState'>,
): boolean {
  const wantsData = video.seeking || (!video.paused && !video.ended);
  return wantsData && video.readyState < HAVE_FUTURE_DATA;
}

const HAVE_FUTURE_DATA = 3;

/** True once `active` was true for so long without a break. */
export function useLasting(active: boolean, delayMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => setLasting(true), delayMs);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [active, delayMs]);
  return active && lasting;
}
