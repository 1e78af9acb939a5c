import { type RefObject, useEffect } from 'react';
import { useServices } from '../../services';
import { commandOf } from '../commands/shortcuts';
import { leaveFullScreen } from './full-screen';
import { PLAYER_ACTION_TABLE } from './player-actions';
import { playerKeyOf } from './player-keys';

/**
 * The player's keys, wherever in it the keyboard is.
 *
 * @param onKey something was done by a key
 */
export function usePlayerKeys(root: RefObject<HTMLElement | null>, onKey: () => void): void {
  const services = useServices();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isForPlayer(event, root.current)) return;
      const { store, player } = services;
      if (commandOf(event, store.getState().info?.platform === 'darwin') === 'show-palette') {
        event.preventDefault();
        store.getState().openPalette();
        return;
      }
      const key = playerKeyOf(event);
      if (key === null) return;
      event.preventDefault();
      // The window's own shortcuts are for what lies behind the player.
      event.stopPropagation();
      onKey();
      if ('share' in key) player.media.seekToShare(key.share);
      // Escape goes one step back at a time.
      else if (key.action === 'close' && leaveFullScreen()) return;
      else PLAYER_ACTION_TABLE[key.action].run(services);
    };
    // Before any control: one that has the keyboard keeps only the keys that are its own.
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [services, root, onKey]);
}

const SLIDER_KEYS = /^(Arrow|Home$|End$|Page)/;

/** Menus, dialogs and messages have their keys to themselves, and so have buttons and sliders. */
function isForPlayer({ target, key }: KeyboardEvent, root: HTMLElement | null): boolean {
  if (target === document.body) return true;
  if (!(target instanceof Element) || !root?.contains(target)) return false;
  if (target.closest('button')) return key !== ' ' && key !== 'Enter';
  const isOtherSlider = target.matches('[role="slider"]:not([data-seek-bar])');
  return !(isOtherSlider && SLIDER_KEYS.test(key));
}
