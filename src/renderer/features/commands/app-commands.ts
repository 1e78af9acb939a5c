import {
  FolderPlus,
  History,
  LayoutGrid,
  PanelLeft,
  PanelRight,
  Redo2,
  Rows3,
  Search,
  Settings,
  SquareTerminal,
  Undo2,
} from 'lucide-react';
import { MENU_COMMANDS, type MenuCommand } from '../../../shared/menu-commands';
import type { Services } from '../../services';
import type { AppState } from '../../store';
import { redoEdit, undoEdit } from '../organise/edits';
import { chooseFolders } from '../sidebar/add-folders';
import type { Action } from './command';
import { goTo } from './go-to';

type AppCommand = Omit<Action, 'id' | 'key'>;

const inStore = (change: (state: AppState) => void) => ({
  run: ({ store }: Services) => change(store.getState()),
});

/** What the application menu, its keys and the palette all offer, whatever is shown. */
const APP_COMMANDS: Readonly<Record<MenuCommand, AppCommand>> = {
  'add-folder': {
    title: 'Add folder…',
    group: 'Folders',
    icon: FolderPlus,
    keywords: ['import', 'open', 'new'],
    run: (services) => void chooseFolders(services),
  },
  find: {
    title: 'Find videos',
    group: 'Go to',
    icon: Search,
    keywords: ['search'],
    ...inStore((state) => state.focusSearch()),
  },
  undo: {
    title: 'Undo',
    group: 'Edit',
    icon: Undo2,
    keywords: ['take back', 'revert'],
    run: (services) => void undoEdit(services),
  },
  redo: {
    title: 'Redo',
    group: 'Edit',
    icon: Redo2,
    keywords: ['repeat', 'again'],
    run: (services) => void redoEdit(services),
  },
  'show-jobs': {
    title: 'Go to jobs',
    group: 'Go to',
    icon: History,
    keywords: ['history', 'background', 'progress'],
    run: (services) => goTo(services, { type: 'jobs' }),
  },
  'show-settings': {
    title: 'Go to settings',
    group: 'Go to',
    icon: Settings,
    keywords: ['preferences', 'options', 'backups', 'file types'],
    run: (services) => goTo(services, { type: 'settings' }),
  },
  'show-grid': {
    title: 'Show videos as a grid',
    group: 'View',
    icon: LayoutGrid,
    keywords: ['tiles', 'thumbnails'],
    ...inStore((state) => state.setMode('grid')),
  },
  'show-table': {
    title: 'Show videos as a table',
    group: 'View',
    icon: Rows3,
    keywords: ['list', 'columns', 'details'],
    ...inStore((state) => state.setMode('table')),
  },
  'toggle-sidebar': {
    title: 'Show or hide the sidebar',
    group: 'View',
    icon: PanelLeft,
    keywords: ['toggle'],
    ...inStore((state) => state.toggleSidebar()),
  },
  'toggle-inspector': {
    title: 'Show or hide the inspector',
    group: 'View',
    icon: PanelRight,
    keywords: ['toggle', 'details', 'info'],
    ...inStore((state) => state.toggleInspector()),
  },
  'show-palette': {
    title: 'Open the command palette',
    group: 'View',
    icon: SquareTerminal,
    ...inStore((state) => state.openPalette()),
  },
};

export function appCommand(name: MenuCommand): Action {
  return { id: name, key: MENU_COMMANDS[name].key, ...APP_COMMANDS[name] };
}
