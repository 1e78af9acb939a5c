import { MENU_COMMAND_NAMES, MENU_COMMANDS, type MenuCommand } from '../../../shared/menu-commands';
import type { Services } from '../../services';
import { isInOverlay } from '../../ui/overlay';
import { escapeStep } from '../shell/escape';
import { appCommand } from './app-commands';

/** What has a key everywhere in the window: the application menu's commands, and Escape. */
type ShortcutCommand = MenuCommand | 'back';

const BY_KEY: Readonly<Record<string, MenuCommand>> = {
  ...Object.fromEntries(
    MENU_COMMAND_NAMES.map((name) => [MENU_COMMANDS[name].key.toLowerCase(), name]),
  ),
  // What many programs on Windows have.
  y: 'redo',
};

const SHIFT = 'Shift+';

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The command that a key stands for in the platform's own way; null for any other key. */
export function commandOf(event: Keys, isMac: boolean): ShortcutCommand | null {
  const [modifier, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (other || event.altKey) return null;
  if (event.key === 'Escape') return modifier || event.shiftKey ? null : 'back';
  const key = `${event.shiftKey ? SHIFT : ''}${event.key}`.toLowerCase();
  return modifier ? (BY_KEY[key] ?? null) : null;
}

/** How a shortcut is written on this platform: `⌘F` or `Ctrl+F`. */
export function shortcutLabel(key: string, platform: string | undefined): string {
  if (platform !== 'darwin') return `Ctrl+${key}`;
  return key.startsWith(SHIFT) ? `⇧⌘${key.slice(SHIFT.length)}` : `⌘${key}`;
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
    if (command === null || (isEdit(command) && isTextField(event.target))) return;
    event.preventDefault();
    runShortcut(command, services);
  };
  window.addEventListener('keydown', onKeyDown);
  const endMenu = services.api.app.onCommand(({ command }) => runShortcut(command, services));
  return () => {
    window.removeEventListener('keydown', onKeyDown);
    endMenu();
  };
}

function runShortcut(command: ShortcutCommand, services: Services): void {
  const state = services.store.getState();
  if (state.status.state !== 'open') return;
  if (command === 'back') {
    escapeStep(state)?.();
    return;
  }
  if (isEdit(command) && isTextField(document.activeElement)) {
    // From the menu: what is being written has a history of its own, which only this reaches.
    document.execCommand(command);
    return;
  }
  // The application menu stays over the player; what it leads to lies behind it.
  if (command !== 'show-palette' && !isEdit(command)) services.player.close();
  appCommand(command).run(services);
}

function isEdit(command: ShortcutCommand): command is 'undo' | 'redo' {
  return command === 'undo' || command === 'redo';
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
