import {
  Camera,
  Captions,
  ChevronFirst,
  ChevronLast,
  FastForward,
  Gauge,
  Languages,
  type LucideIcon,
  Maximize,
  Play,
  Repeat,
  Rewind,
  SkipBack,
  SkipForward,
  StepBack,
  StepForward,
  Volume1,
  Volume2,
  VolumeX,
  X,
} from 'lucide-react';
import type { Services } from '../../services';
import { toggleFullScreen } from './full-screen';
import type { PlayerActionName } from './player-keys';
import { nextSpeed } from './speeds';
import { nextInRound } from './tracks';

interface PlayerAction {
  title: string;
  icon: LucideIcon;
  keywords?: readonly string[];
  run: (services: Services) => void;
}

const VOLUME_STEP = 0.05;

const seekBy =
  (seconds: number) =>
  ({ player }: Services) =>
    player.media.seekBy(seconds);

const changeSpeed =
  (speedAfter: (speed: number) => number) =>
  ({ store }: Services) => {
    const { player, changePlayer } = store.getState();
    if (player) changePlayer({ speed: speedAfter(player.speed) });
  };

const changeVolume =
  (step: number) =>
  ({ store }: Services) => {
    const { volume, muted, setVolume } = store.getState();
    setVolume((muted && step > 0 ? 0 : volume) + step);
  };

/** What the player's keys and the palette do, under the same names. */
export const PLAYER_ACTION_TABLE: Readonly<Record<PlayerActionName, PlayerAction>> = {
  'toggle-play': {
    title: 'Play or pause',
    icon: Play,
    keywords: ['stop'],
    run: ({ player }) => player.media.togglePlay(),
  },
  'back-10': { title: 'Back 10 seconds', icon: Rewind, run: seekBy(-10) },
  'forward-10': { title: 'Forward 10 seconds', icon: FastForward, run: seekBy(10) },
  'back-5': { title: 'Back 5 seconds', icon: Rewind, run: seekBy(-5) },
  'forward-5': { title: 'Forward 5 seconds', icon: FastForward, run: seekBy(5) },
  'back-1': { title: 'Back 1 second', icon: Rewind, run: seekBy(-1) },
  'forward-1': { title: 'Forward 1 second', icon: FastForward, run: seekBy(1) },
  'previous-frame': {
    title: 'Previous frame',
    icon: StepBack,
    run: ({ player }) => player.media.stepFrame(-1),
  },
  'next-frame': {
    title: 'Next frame',
    icon: StepForward,
    run: ({ player }) => player.media.stepFrame(1),
  },
  'to-start': {
    title: 'Go to the start',
    icon: ChevronFirst,
    run: ({ player }) => player.media.seekToShare(0),
  },
  'to-end': {
    title: 'Go to the end',
    icon: ChevronLast,
    run: ({ player }) => player.media.seekToShare(1),
  },
  slower: { title: 'Slower', icon: Gauge, run: changeSpeed((speed) => nextSpeed(speed, -1)) },
  faster: { title: 'Faster', icon: Gauge, run: changeSpeed((speed) => nextSpeed(speed, 1)) },
  'normal-speed': { title: 'Normal speed', icon: Gauge, run: changeSpeed(() => 1) },
  louder: { title: 'Louder', icon: Volume2, keywords: ['volume'], run: changeVolume(VOLUME_STEP) },
  quieter: {
    title: 'Quieter',
    icon: Volume1,
    keywords: ['volume'],
    run: changeVolume(-VOLUME_STEP),
  },
  'toggle-mute': {
    title: 'Mute or unmute',
    icon: VolumeX,
    keywords: ['sound', 'silence'],
    run: ({ store }) => store.getState().setMuted(!store.getState().muted),
  },
  'toggle-full-screen': {
    title: 'Full screen',
    icon: Maximize,
    run: () => void toggleFullScreen(),
  },
  'toggle-loop': {
    title: 'Loop the video or stop at its end',
    icon: Repeat,
    keywords: ['repeat'],
    run: ({ store }) => {
      const { player, changePlayer } = store.getState();
      if (player) changePlayer({ loop: !player.loop });
    },
  },
  'next-audio': {
    title: 'Next audio track',
    icon: Languages,
    keywords: ['sound', 'language'],
    run: playNextAudio,
  },
  'next-subtitle': {
    title: 'Next subtitles',
    icon: Captions,
    keywords: ['captions', 'language'],
    run: showNextSubtitle,
  },
  'previous-video': {
    title: 'Previous video',
    icon: SkipBack,
    run: ({ player }) => player.step(-1),
  },
  'next-video': { title: 'Next video', icon: SkipForward, run: ({ player }) => player.step(1) },
  'set-poster': {
    title: 'Set the shown frame as poster',
    icon: Camera,
    keywords: ['thumbnail', 'cover', 'still'],
    run: ({ player }) => void player.setPoster(),
  },
  close: {
    title: 'Close the player',
    icon: X,
    run: ({ player }) => player.close(),
  },
};

function playNextAudio({ player, store }: Services): void {
  const phase = store.getState().player?.phase;
  if (phase?.kind !== 'playable') return;
  const { audioTracks, audioIndex } = phase.playback;
  const indexes = audioTracks.filter(({ playable }) => playable).map(({ index }) => index);
  const next = nextInRound(indexes, audioIndex) ?? indexes[0] ?? null;
  if (next !== null && next !== audioIndex) void player.chooseAudio(next);
}

function showNextSubtitle({ player, store }: Services): void {
  const state = store.getState().player;
  if (state?.phase.kind !== 'playable') return;
  const tracks = state.phase.playback.subtitleTracks.filter(({ playable }) => playable);
  void player.chooseSubtitle(
    nextInRound(
      tracks.map(({ index }) => index),
      state.subtitleIndex,
    ),
  );
}
