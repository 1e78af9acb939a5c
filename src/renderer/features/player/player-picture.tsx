import { type RefObject, useEffect, useRef, useState } from 'react';
import { isBitmapSubtitle } from '../../../shared/playback';
import { useApp, useServices } from '../../services';
import { classes } from '../../ui/classes';
import { toggleFullScreen } from './full-screen';
import { attachPlayback } from './playback-source';
import { usePlayback } from './use-player';

/**
 * The video itself. Until a source shows its first picture the poster stands there, or the picture that was seen
 * last, so that nothing ever flashes black.
 */
export function PlayerPicture({
  onVideo,
  controlsShown,
}: {
  onVideo: (video: HTMLVideoElement | null) => void;
  controlsShown: boolean;
}) {
  const { player, previews } = useServices();
  const video = useRef<HTMLVideoElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const poster = useApp((state) => state.player?.video?.preview?.poster);
  const name = useApp((state) => state.player?.video?.name);

  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    const detach = player.attach(element);
    onVideo(element);
    return () => {
      detach();
      onVideo(null);
    };
  }, [player, onVideo]);
  const covered = usePlaybackSource(video, still);
  useElementSettings(video);
  usePostersAhead();

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for what a button and a key do too
    // biome-ignore lint/a11y/useKeyWithClickEvents: the player has keys for both
    <div
      className={classes('absolute inset-0', controlsShown && 'with-controls')}
      onClick={() => player.media.togglePlay()}
      onDoubleClick={() => void toggleFullScreen()}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: the file has subtitles or it has none */}
      <video
        ref={video}
        aria-label={name ?? 'Video'}
        crossOrigin="anonymous"
        playsInline
        preload="auto"
        disablePictureInPicture
        className="size-full object-contain"
      >
        <SubtitleTrack />
      </video>
      <canvas
        ref={still}
        aria-hidden
        className={classes(
          'pointer-events-none absolute inset-0 size-full object-contain',
          covered !== 'still' && 'hidden',
        )}
      />
      {covered === 'poster' && poster && (
        <img
          alt=""
          // It is there with the first paint, not a moment after it.
          decoding="sync"
          src={previews.url(poster, 'poster')}
          className="pointer-events-none absolute inset-0 size-full object-contain"
        />
      )}
    </div>
  );
}

/** Ties the playback to the element. @returns what covers it */
function usePlaybackSource(
  video: RefObject<HTMLVideoElement | null>,
  still: RefObject<HTMLCanvasElement | null>,
): 'poster' | 'still' | null {
  const { player } = useServices();
  const playback = usePlayback();
  const [covered, setCovered] = useState<'poster' | 'still' | null>('poster');

  useEffect(() => {
    const element = video.current;
    if (element === null || playback === null) return;
    const startSeconds = player.media.begin(playback, () => setCovered(null));
    const source = attachPlayback(element, playback, {
      startSeconds,
      onError: () => player.playbackFailed(playback.playbackId),
    });
    player.media.continue();
    return () => {
      player.media.hold();
      if (drawPicture(element, still.current)) setCovered('still');
      source.dispose();
    };
  }, [player, playback, video, still]);

  return covered;
}

/** The posters of what comes next and before are loaded and decoded, so that they are there at once. */
function usePostersAhead(): void {
  const { previews } = useServices();
  const next = useApp((state) => state.player?.neighbours.next?.video.preview?.poster);
  const previous = useApp((state) => state.player?.neighbours.previous?.video.preview?.poster);
  useEffect(() => {
    for (const token of [next, previous]) {
      if (!token) continue;
      const image = new Image();
      image.src = previews.url(token, 'poster');
      // One that cannot be shown is left out when its video comes.
      image.decode().catch(() => undefined);
    }
  }, [previews, next, previous]);
}

const HAVE_CURRENT_DATA = 2;

/** @returns whether there was a picture */
function drawPicture(video: HTMLVideoElement, canvas: HTMLCanvasElement | null): boolean {
  if (canvas === null || video.readyState < HAVE_CURRENT_DATA || video.videoWidth === 0) {
    return false;
  }
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return true;
}

/** What the person set holds for whatever source the element has. */
function useElementSettings(video: RefObject<HTMLVideoElement | null>): void {
  const speed = useApp((state) => state.player?.speed ?? 1);
  const loop = useApp((state) => state.player?.loop ?? false);
  const volume = useApp((state) => state.volume);
  const muted = useApp((state) => state.muted);
  useEffect(() => {
    if (video.current === null) return;
    Object.assign(video.current, {
      playbackRate: speed,
      // What a new source begins with.
      defaultPlaybackRate: speed,
      preservesPitch: true,
      loop,
      volume,
      muted,
    });
  }, [video, speed, loop, volume, muted]);
}

function SubtitleTrack() {
  const playback = usePlayback();
  const index = useApp((state) => state.player?.subtitleIndex ?? null);
  const track = playback?.subtitleTracks.find((candidate) => candidate.index === index);
  // Those are in the pictures already.
  if (!playback || !track || isBitmapSubtitle(track)) return null;
  const src = `media://play/${playback.playbackId}/subtitle/${track.index}`;
  return (
    <track
      key={src}
      ref={(element) => {
        if (element) element.track.mode = 'showing';
      }}
      kind="subtitles"
      srcLang={track.language ?? 'und'}
      src={src}
    />
  );
}
