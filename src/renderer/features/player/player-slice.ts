import type { StateCreator } from 'zustand';
import type { VideoSummary } from '../../../shared/media';
import type { PlaybackPhase } from './playback-session';
import { type Neighbours, NO_NEIGHBOURS } from './playlist';

/** What the open player shows. */
export interface PlayerState {
  videoId: number;
  /** As the list knew it, then as it was read; null while neither is there. */
  video: VideoSummary | null;
  /** The picture that the person chose to stand for it, by its time. */
  posterSeconds: number | null;
  phase: PlaybackPhase;
  /** Where it went on from an earlier time, while the person is told so. */
  resumedAtSeconds: number | null;
  /** Index of the shown subtitle track; null: none. */
  subtitleIndex: number | null;
  neighbours: Neighbours;
  /** These two hold until the player is closed. */
  speed: number;
  loop: boolean;
}

export interface PlayerSlice {
  /** Null while the player is closed. */
  player: PlayerState | null;
  /** 0 to 1. */
  volume: number;
  muted: boolean;
  /** Language of the subtitles that were chosen last, empty where their file does not say; null: none are wanted. */
  subtitleLanguage: string | null;
  /** Another video in the player, which opens for it. */
  showInPlayer: (videoId: number, video: VideoSummary | null) => void;
  changePlayer: (change: Partial<PlayerState>) => void;
  hidePlayer: () => void;
  setVolume: (volume: number) => void;
  setMuted: (muted: boolean) => void;
  setSubtitleLanguage: (language: string | null) => void;
}

export const createPlayerSlice: StateCreator<PlayerSlice> = (set) => ({
  player: null,
  volume: 1,
  muted: false,
  subtitleLanguage: null,
  showInPlayer: (videoId, video) =>
    set(({ player }) => ({
      player: {
        videoId,
        video,
        posterSeconds: null,
        phase: { kind: 'opening' },
        resumedAtSeconds: null,
        subtitleIndex: null,
        neighbours: NO_NEIGHBOURS,
        speed: player?.speed ?? 1,
        loop: player?.loop ?? false,
      },
    })),
  changePlayer: (change) =>
    set(({ player }) => (player === null ? {} : { player: { ...player, ...change } })),
  hidePlayer: () => set({ player: null }),
  // Whoever turns the volume up wants to hear something.
  setVolume: (volume) => set({ volume: Math.min(1, Math.max(0, volume)), muted: false }),
  setMuted: (muted) => set({ muted }),
  setSubtitleLanguage: (subtitleLanguage) => set({ subtitleLanguage }),
});
