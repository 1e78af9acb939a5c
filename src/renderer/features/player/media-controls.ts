import type { Playback } from '../../../shared/playback';
import { steppedTime } from './seek-math';

/** Where neither the file nor the frames tell how long one is: 25 a second. */
const UNKNOWN_FRAME_SECONDS = 1 / 25;

/** Streams of one file differ in length by this much without anything being lost. */
const MOST_MISSING_SECONDS = 2;

/** Steers the video element, and knows where the video stands while the element is given another source. */
export class MediaControls {
  #video: HTMLVideoElement | null = null;
  #playback: Playback | null = null;
  #wantsToPlay = true;
  #seconds = 0;
  /** Whether the present source has shown a picture: before, the element's own time means nothing. */
  #settled = false;
  /** When the frame on screen begins; null while another one is on its way. */
  #shownSeconds: number | null = null;
  /** Up to where it was played or sought; where the data ends Chromium goes over the rest to the end. */
  #reachedSeconds = 0;
  #onPicture: () => void = () => undefined;

  /** Where the video stands, in seconds. */
  get seconds(): number {
    if (!this.#settled || !this.#video) return this.#seconds;
    return Math.max(0, this.#video.currentTime - this.#zeroSeconds);
  }

  /** A time in seconds at which the file shows the frame that is on screen. */
  get shownSeconds(): number {
    if (this.#shownSeconds === null) return this.seconds;
    // Frames that are encoded again come at even distances, a little before or behind their times in the file.
    const isEven = this.#playback?.mode === 'transcode';
    return this.#shownSeconds + (isEven ? this.#frameSeconds / 2 : 0);
  }

  /** 0 while nobody knows. */
  get durationSeconds(): number {
    const known = this.#playback?.durationSeconds ?? this.#video?.duration ?? 0;
    return Number.isFinite(known) ? known : 0;
  }

  get playing(): boolean {
    return this.#video !== null && !this.#video.paused && !this.#video.ended;
  }

  /** Whether it ended though by its length there is more to come. */
  get endedEarly(): boolean {
    return this.durationSeconds - this.#reachedSeconds > MOST_MISSING_SECONDS;
  }

  /** Another video begins here, and plays as soon as it can. */
  start(seconds: number): void {
    this.#playback = null;
    this.#wantsToPlay = true;
    this.#settled = false;
    this.#seconds = seconds;
    this.#reachedSeconds = seconds;
  }

  /** @returns lets go of the element */
  attach(video: HTMLVideoElement): () => void {
    const ended = new AbortController();
    const on = (type: string, listener: () => void) =>
      video.addEventListener(type, listener, { signal: ended.signal });
    this.#video = video;
    on('seeking', () => {
      this.#shownSeconds = null;
    });
    on('timeupdate', () => {
      if (!video.ended) this.#reachedSeconds = video.currentTime - this.#zeroSeconds;
    });
    // A file without pictures has no frames to wait for.
    on('loadeddata', () => {
      if (video.videoWidth === 0) this.#pictureShown();
    });
    const stopFrames = followFrames(video, (mediaTime) => {
      this.#shownSeconds = mediaTime - this.#zeroSeconds;
      this.#pictureShown();
    });
    return () => {
      ended.abort();
      stopFrames();
      if (this.#video === video) this.#video = null;
    };
  }

  /**
   * The element gets another source.
   *
   * @param onPicture its first picture is on screen
   * @returns where it begins, in seconds of the element
   */
  begin(playback: Playback, onPicture: () => void): number {
    this.#playback = playback;
    this.#shownSeconds = null;
    this.#onPicture = onPicture;
    return this.#elementTime(this.#seconds);
  }

  /** The source is about to be taken away: the time stays as it is. */
  hold(): void {
    this.#seconds = this.seconds;
    this.#settled = false;
  }

  /** Plays if that is what the person wants. */
  continue(): void {
    if (this.#wantsToPlay) this.play();
  }

  play(): void {
    this.#wantsToPlay = true;
    // Rejected when something newer comes in between, and when the source fails, which is told elsewhere.
    this.#video?.play().catch(() => undefined);
  }

  pause(): void {
    this.#wantsToPlay = false;
    this.#video?.pause();
  }

  togglePlay(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  seekTo(seconds: number): void {
    const video = this.#video;
    if (video === null || this.#playback === null) return;
    // The very end would show no frame in some files.
    const last = Math.max(0, this.durationSeconds - this.#frameSeconds / 2);
    this.#seconds = Math.min(last, Math.max(0, seconds));
    video.currentTime = this.#elementTime(this.#seconds);
    this.#reachedSeconds = this.#seconds;
  }

  seekBy(seconds: number): void {
    this.seekTo(this.seconds + seconds);
  }

  /** @param share 0 to 1 of the whole */
  seekToShare(share: number): void {
    this.seekTo(share * this.durationSeconds);
  }

  /** Shows the next or the previous frame, and pauses for it. */
  stepFrame(direction: 1 | -1): void {
    this.pause();
    this.seekTo(steppedTime(direction, this.seconds, this.#shownSeconds, this.#frameSeconds));
  }

  get #frameSeconds(): number {
    return this.#playback?.frameSeconds ?? UNKNOWN_FRAME_SECONDS;
  }

  get #zeroSeconds(): number {
    return this.#playback?.zeroSeconds ?? 0;
  }

  #elementTime(seconds: number): number {
    return Math.max(0, seconds + this.#zeroSeconds);
  }

  #pictureShown(): void {
    // Frames of a video that was left come a little longer.
    if (this.#settled || this.#playback === null) return;
    this.#settled = true;
    this.#onPicture();
  }
}

/** Tells of each frame that comes on screen. @returns ends it */
function followFrames(video: HTMLVideoElement, onFrame: (mediaTime: number) => void): () => void {
  let handle = 0;
  const next = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
    onFrame(mediaTime);
    handle = video.requestVideoFrameCallback(next);
  };
  handle = video.requestVideoFrameCallback(next);
  return () => video.cancelVideoFrameCallback(handle);
}
