/** The part of a video element that the player steers, without a page. */
export class FakeVideoElement extends EventTarget {
  paused = true;
  ended = false;
  duration = 3600;
  videoWidth = 1920;
  #seconds = 0;
  #onFrame: VideoFrameRequestCallback | null = null;

  asVideo(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement;
  }

  get currentTime(): number {
    return this.#seconds;
  }

  set currentTime(seconds: number) {
    this.#seconds = seconds;
    this.dispatchEvent(new Event('seeking'));
  }

  async play(): Promise<void> {
    this.paused = false;
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.dispatchEvent(new Event('pause'));
  }

  /** Playing gets on to a time. */
  playTo(seconds: number): void {
    this.#seconds = seconds;
    this.dispatchEvent(new Event('timeupdate'));
  }

  /** As when its source is taken away. */
  reset(): void {
    this.#seconds = 0;
    this.dispatchEvent(new Event('emptied'));
    this.dispatchEvent(new Event('timeupdate'));
  }

  /** The frame that begins then comes on screen. */
  showFrame(mediaTime = this.#seconds): void {
    this.#onFrame?.(0, { mediaTime } as VideoFrameCallbackMetadata);
  }

  requestVideoFrameCallback(onFrame: VideoFrameRequestCallback): number {
    this.#onFrame = onFrame;
    return 1;
  }

  cancelVideoFrameCallback(): void {
    this.#onFrame = null;
  }
}
