import { useEffect } from 'react';
import { useServices } from '../../services';

/** The keyboard's media keys and the system's now-playing panel steer the player while it is open. */
export function useMediaKeys(name: string | null): void {
  const { player } = useServices();
  useEffect(() => {
    const { mediaSession } = navigator;
    const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
      play: () => player.media.play(),
      pause: () => player.media.pause(),
      seekbackward: () => player.media.seekBy(-10),
      seekforward: () => player.media.seekBy(10),
      previoustrack: () => player.step(-1),
      nexttrack: () => player.step(1),
    };
    const actions = Object.keys(handlers) as MediaSessionAction[];
    for (const action of actions) mediaSession.setActionHandler(action, handlers[action] ?? null);
    return () => {
      for (const action of actions) mediaSession.setActionHandler(action, null);
    };
  }, [player]);

  useEffect(() => {
    navigator.mediaSession.metadata = name === null ? null : new MediaMetadata({ title: name });
    return () => {
      navigator.mediaSession.metadata = null;
    };
  }, [name]);
}
