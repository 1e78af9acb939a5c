import type { MenuCommand } from '../../../shared/contract';
import type { Services } from '../../services';
import { chooseFolders } from '../sidebar/add-folders';
import { escapeStep } from './escape';

/** What the application menu offers, and Escape. */
type Command = MenuCommand | 'back';

const WITH_MODIFIER: Readonly<Record<string, MenuCommand>> = {
  f: 'find',
  '1': 'show-grid',
  '2': 'show-table',
  b: 'toggle-sidebar',
  i: 'toggle-inspector',
  j: 'show-jobs',
  o: 'add-folder',
  ',': 'show-settings',
};

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The command that a key stands for in the platform's own way; null for any other key. */
export function commandOf(event: Keys, isMac: boolean): Command | null {
  const [modifier, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (other || event.altKey || event.shiftKey) return null;
  if (event.key === 'Escape') return modifier ? null : 'back';
  return modifier ? (WITH_MODIFIER[event.key.toLowerCase()] ?? null) : null;
}

/** How a shortcut is written on this platform: `⌘F` or `Ctrl+F`. */
export function shortcutLabel(key: string, platform: string | undefined): string {
  return platform === 'darwin' ? `⌘${key}` : `Ctrl+${key}`;
}

/**
 * Listens for the window's shortcuts and for the application menu.
 * @returns stops listening
 */
export function connectShortcuts(services: Services): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    // A menu or dialog that is open has the keyboard to itself.
    const isTaken = event.defaultPrevented || isInOverlay(event.target);
    const isMac = services.store.getState().info?.platform === 'darwin';
    const command = isTaken ? null : commandOf(event, isMac);
    if (command === null) return;
    event.preventDefault();
    runCommand(command, services);
  };
  window.addEventListener('keydown', onKeyDown);
  const endMenu = services.api.app.onCommand(({ command }) => runCommand(command, services));
  return () => {
    window.removeEventListener('keydown', onKeyDown);
    endMenu();
  };
}

function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="alertdialog"],[role="menu"]') !== null;
}

function runCommand(command: Command, services: Services): void {
  const state = services.store.getState();
  if (state.status.state !== 'open') return;
  switch (command) {
    case 'find':
      state.focusSearch();
      break;
    case 'show-grid':
      state.setMode('grid');
      break;
    case 'show-table':
      state.setMode('table');
      break;
    case 'show-jobs':
      state.openPlace({ type: 'jobs' });
      break;
    case 'show-settings':
      state.openPlace({ type: 'settings' });
      break;
    case 'toggle-sidebar':
      state.toggleSidebar();
      break;
    case 'toggle-inspector':
      state.toggleInspector();
      break;
    case 'add-folder':
      void chooseFolders(services);
      break;
    case 'back':
      escapeStep(state)?.();
      break;
  }
}
