import { ClipboardCopy, FolderOpen, Play, RotateCcw, ShieldCheck } from 'lucide-react';
import { showError } from '../../ui/error-toast';
import { verifyVideos } from '../jobs/start-jobs';
import { copyProblemReport, retryProblems } from '../problems/problem-actions';
import type { Action } from './command';

/** What can be done with the selected video. */
export function selectionCommands(selectedId: number | null): Action[] {
  if (selectedId === null) return [];
  return [
    {
      id: `play-video:${selectedId}`,
      title: 'Play the selected video',
      group: 'Selected video',
      icon: Play,
      keywords: ['watch', 'open', 'player'],
      plainKey: 'Space',
      run: ({ player }) => player.open(selectedId),
    },
    {
      id: `verify-video:${selectedId}`,
      title: 'Verify the selected video',
      group: 'Selected video',
      icon: ShieldCheck,
      keywords: ['check', 'damage', 'decode'],
      run: (services) => void verifyVideos(services, [selectedId]),
    },
    {
      id: `reveal-video:${selectedId}`,
      title: 'Reveal the selected video in its folder',
      group: 'Selected video',
      icon: FolderOpen,
      keywords: ['show', 'open', 'finder', 'explorer', 'file manager'],
      run: ({ api }) => void api.videos.reveal({ id: selectedId }).catch(showError),
    },
  ];
}

/** What can be done with all files that cannot be read. */
export function problemCommands(count: number): Action[] {
  if (count === 0) return [];
  return [
    {
      id: 'retry-problems',
      title: 'Read all files with problems again',
      group: 'Problems',
      icon: RotateCcw,
      keywords: ['retry', 'unreadable'],
      run: (services) => void retryProblems(services, { all: true }),
    },
    {
      id: 'copy-problem-report',
      title: 'Copy a report on all problems',
      group: 'Problems',
      icon: ClipboardCopy,
      keywords: ['problem report', 'clipboard', 'unreadable'],
      run: (services) => void copyProblemReport(services, { all: true }),
    },
  ];
}
