import { toErrorShape } from '../../../shared/errors';
import type { VideoDetail, VideoSummary } from '../../../shared/media';
import type { Services } from '../../services';
import { showError } from '../../ui/error-toast';
import { showWarning } from '../../ui/notice-toast';
import { showUndo } from '../../ui/undo-toast';
import { queryOf } from '../browser/view-slice';
import { MediaControls } from './media-controls';
import { PlayPosition } from './play-position';
import { type PlaybackPhase, PlaybackSession } from './playback-session';
import type { PlayerState } from './player-slice';
import { NO_NEIGHBOURS, Playlist } from './playlist';
import { drawnSubtitle, preferredSubtitle } from './tracks';

/** What belongs to the video that is in the player. */
interface Shown {
  id: number;
  /** Its row in the playlist; null: it stands in none. */
  index: number | null;
  session: PlaybackSession;
  /** Null until the video is read. */
  position: PlayPosition | null;
}

const ENDED_EARLY = 'The rest of this video cannot be shown. The file may be cut off.';

/** The window's player: which video is in it, and how it gets there and leaves. What it shows is in the store. */
export class Player {
  readonly media = new MediaControls();
  readonly #services: Pick<Services, 'api' | 'store' | 'videos'>;
  #shown: Shown | null = null;
  #playlist: Playlist | null = null;

  constructor(services: Pick<Services, 'api' | 'store' | 'videos'>) {
    this.#services = services;
    services.store.subscribe((state, before) => {
      if (state.libraryVersion !== before.libraryVersion) void this.#findNeighbours();
    });
  }

  /** Opens the player with a video of the shown list, whose order next and previous follow. */
  open(id: number): void {
    const { api, store, videos } = this.#services;
    const list = queryOf(store.getState()) === null ? null : videos.shown;
    this.#playlist =
      list &&
      new Playlist(list.query, (query, index, limit) => api.videos.page({ query, index, limit }));
    const index = list?.indexOf(id) ?? null;
    this.#show(id, index, (index !== null && list?.row(index)) || null);
  }

  /** Shuts the player; the selection stays on what was in it. */
  close(): void {
    if (this.#shown === null) return;
    this.#leave();
    this.#playlist = null;
    this.#services.store.getState().hidePlayer();
  }

  /** Goes to the list's next or previous video, if there is one. */
  step(direction: 1 | -1): void {
    const neighbours = this.#state?.neighbours ?? NO_NEIGHBOURS;
    const entry = direction === 1 ? neighbours.next : neighbours.previous;
    if (entry) this.#show(entry.video.id, entry.index, entry.video);
  }

  /** @returns lets go of the element */
  attach(video: HTMLVideoElement): () => void {
    const detach = this.media.attach(video);
    const ended = new AbortController();
    const { signal } = ended;
    video.addEventListener('timeupdate', () => this.#shown?.position?.passed(this.media.seconds), {
      signal,
    });
    video.addEventListener('pause', () => this.savePosition(), { signal });
    video.addEventListener('ended', () => this.media.endedEarly && showWarning(ENDED_EARLY), {
      signal,
    });
    return () => {
      ended.abort();
      detach();
    };
  }

  savePosition(): void {
    this.#shown?.position?.save(this.media.seconds);
  }

  startOver(): void {
    this.media.seekTo(0);
    this.media.play();
    this.#change({ resumedAtSeconds: null });
  }

  /** The playback could not be played; the session knows what else to try. */
  playbackFailed(playbackId: string): void {
    void this.#shown?.session.fallBack(playbackId);
  }

  async chooseAudio(audioIndex: number): Promise<void> {
    const isPlayed = await this.#shown?.session.choose({ audioIndex });
    if (isPlayed === false) showWarning('This audio track cannot be played');
  }

  /** @param index null: no subtitles */
  async chooseSubtitle(index: number | null): Promise<void> {
    const state = this.#state;
    if (state?.phase.kind !== 'playable') return;
    const tracks = state.phase.playback.subtitleTracks;
    const track = tracks.find((candidate) => candidate.index === index);
    this.#services.store.getState().setSubtitleLanguage(track ? (track.language ?? '') : null);
    const drawn = drawnSubtitle(tracks, index);
    if (drawn !== drawnSubtitle(tracks, state.subtitleIndex)) {
      const isPlayed = await this.#shown?.session.choose({ subtitleIndex: drawn });
      if (isPlayed === false) showWarning('These subtitles cannot be shown');
      if (isPlayed !== true) return;
    }
    this.#change({ subtitleIndex: track?.index ?? null });
  }

  /** The shown frame stands for the video from now on; the person can take it back. */
  async setPoster(): Promise<void> {
    const state = this.#state;
    if (state?.phase.kind !== 'playable') return;
    const { videoId: id, posterSeconds: before } = state;
    const atSeconds = this.media.shownSeconds;
    if (!(await this.#savePoster(id, atSeconds))) return;
    showUndo('The shown frame is the poster now', () => void this.#savePoster(id, before));
  }

  get #state() {
    return this.#services.store.getState().player;
  }

  #show(id: number, index: number | null, video: VideoSummary | null): void {
    const { api, store } = this.#services;
    this.#leave();
    this.media.start(0);
    store.getState().showInPlayer(id, video);
    store.getState().select(id, index);
    const session = new PlaybackSession(api, id, (phase) => this.#phaseChanged(phase));
    this.#shown = { id, index, session, position: null };
    void this.#load(this.#shown);
    void this.#findNeighbours();
  }

  #leave(): void {
    this.savePosition();
    this.#shown?.session.dispose();
    this.#shown = null;
  }

  async #load(shown: Shown): Promise<void> {
    try {
      const video = await this.#services.api.videos.get({ id: shown.id });
      if (shown !== this.#shown) return;
      this.#begin(shown, video);
      await shown.session.open();
    } catch (thrown) {
      if (shown !== this.#shown) return;
      this.#change({ phase: { kind: 'failed', error: toErrorShape(thrown) } });
    }
  }

  #begin(shown: Shown, video: VideoDetail): void {
    shown.position = new PlayPosition(this.#services.api, video);
    const { startSeconds } = shown.position;
    this.media.start(startSeconds);
    this.#change({
      video,
      posterSeconds: video.posterSeconds,
      resumedAtSeconds: startSeconds === 0 ? null : startSeconds,
    });
  }

  #phaseChanged(phase: PlaybackPhase): void {
    if (phase.kind !== 'playable') {
      this.#change({ phase });
      return;
    }
    const { subtitleLanguage } = this.#services.store.getState();
    const tracks = phase.playback.subtitleTracks;
    // The choice outlives another audio track or another way of playing.
    const chosen = tracks.find(({ index }) => index === this.#state?.subtitleIndex);
    const track = chosen ?? preferredSubtitle(tracks, subtitleLanguage);
    this.#change({ phase, subtitleIndex: track?.index ?? null });
  }

  async #findNeighbours(): Promise<void> {
    const shown = this.#shown;
    if (shown === null || shown.index === null || this.#playlist === null) return;
    try {
      const neighbours = await this.#playlist.neighbours(shown.id, shown.index);
      if (shown !== this.#shown) return;
      shown.index = neighbours.previous ? neighbours.previous.index + 1 : 0;
      this.#change({ neighbours });
    } catch (thrown) {
      showError(thrown);
    }
  }

  async #savePoster(id: number, atSeconds: number | null): Promise<boolean> {
    try {
      await this.#services.api.previews.setPoster({ id, atSeconds });
      if (this.#state?.videoId === id) this.#change({ posterSeconds: atSeconds });
      return true;
    } catch (thrown) {
      showError(thrown);
      return false;
    }
  }

  #change(change: Partial<PlayerState>): void {
    this.#services.store.getState().changePlayer(change);
  }
}
