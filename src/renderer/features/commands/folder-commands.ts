import { Folder, RefreshCw, ShieldCheck } from 'lucide-react';
import type { Root } from '../../../shared/library';
import { scanRoot, verifyRoot } from '../jobs/start-jobs';
import { LIBRARY_ENTRIES } from '../sidebar/library-entries';
import type { Action, Command } from './command';
import { goTo } from './go-to';

/** Scanning and verifying each folder that can be reached. */
export function folderCommands(roots: readonly Root[]): Command[] {
  const online = roots.filter((root) => root.online);
  if (online.length === 0) return [];
  return [
    {
      id: 'scan-folder',
      title: 'Scan a folder again…',
      group: 'Folders',
      icon: RefreshCw,
      keywords: SCAN_WORDS,
      choices: [...online.map(scanCommand), ...scanAllCommands(online)],
    },
    {
      id: 'verify-folder',
      title: 'Verify the videos in a folder…',
      group: 'Folders',
      icon: ShieldCheck,
      keywords: VERIFY_WORDS,
      choices: online.map(verifyCommand),
    },
  ];
}

const SCAN_WORDS = ['rescan', 'refresh', 'update'];
const VERIFY_WORDS = ['check', 'damage', 'decode'];

function scanCommand(root: Root): Action {
  return {
    id: `scan-folder:${root.rootId}`,
    title: `Scan ${root.name} again`,
    group: 'Folders',
    icon: RefreshCw,
    keywords: [...SCAN_WORDS, root.path],
    run: (services) => void scanRoot(services, root),
  };
}

function verifyCommand(root: Root): Action {
  return {
    id: `verify-folder:${root.rootId}`,
    title: `Verify the videos in ${root.name}`,
    group: 'Folders',
    icon: ShieldCheck,
    keywords: [...VERIFY_WORDS, root.path],
    run: (services) => void verifyRoot(services, root),
  };
}

function scanAllCommands(online: readonly Root[]): Action[] {
  if (online.length < 2) return [];
  const run: Action['run'] = (services) => {
    for (const root of online) void scanRoot(services, root);
  };
  const look = { title: 'Scan all folders again', group: 'Folders', icon: RefreshCw } as const;
  return [{ id: 'scan-all-folders', ...look, keywords: SCAN_WORDS, run }];
}

/** The sidebar's places: the whole library's and the folders. */
export function placeCommands(roots: readonly Root[]): Action[] {
  const entries = LIBRARY_ENTRIES.map(
    ({ label, icon, place }): Action => ({
      id: `go-to:${label}`,
      title: `Go to ${label.toLowerCase()}`,
      group: 'Go to',
      icon,
      run: (services) => goTo(services, place),
    }),
  );
  const folders = roots.map(
    ({ rootId, name, path, online }): Action => ({
      id: `go-to-folder:${rootId}`,
      title: `Go to ${name}`,
      ...(!online && { detail: 'offline' }),
      group: 'Go to',
      icon: Folder,
      keywords: [path],
      run: (services) => goTo(services, { type: 'videos', scope: { type: 'root', rootId } }),
    }),
  );
  return [...entries, ...folders];
}
