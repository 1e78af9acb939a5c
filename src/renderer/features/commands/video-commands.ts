import {
  ClipboardCopy,
  FolderOpen,
  ImagePlay,
  Play,
  RotateCcw,
  ShieldCheck,
  StepBack,
  StepForward,
} from 'lucide-react';
import { showError } from '../../ui/error-toast';
import { verifyVideos } from '../jobs/start-jobs';
import { remakePreview } from '../previews/remake-preview';
import { SCRUB_KEYS } from '../previews/scrub-keys';
import { stepScrub } from '../previews/step-scrub';
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
    ...previewCommands(selectedId),
  ];
}

function previewCommands(videoId: number): Action[] {
  return [
    {
      id: `next-picture:${videoId}`,
      title: 'Show the next picture of the selected video',
      group: 'Selected video',
      icon: StepForward,
      keywords: ['scrub', 'filmstrip', 'frame', 'forward'],
      plainKey: SCRUB_KEYS.forward,
      run: (services) => void stepScrub(services, 1),
    },
    {
      id: `previous-picture:${videoId}`,
      title: 'Show the previous picture of the selected video',
      group: 'Selected video',
      icon: StepBack,
      keywords: ['scrub', 'filmstrip', 'frame', 'back'],
      plainKey: SCRUB_KEYS.back,
      run: (services) => void stepScrub(services, -1),
    },
    {
      id: `remake-preview:${videoId}`,
      title: 'Make the selected video’s preview again',
      group: 'Selected video',
      icon: ImagePlay,
      keywords: ['thumbnail', 'poster', 'filmstrip', 'picture', 'refresh', 'broken'],
      run: (services) => void remakePreview(services, videoId),
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
