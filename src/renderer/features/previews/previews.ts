import type { Filmstrip } from '../../../shared/preview';
import type { Api } from '../../api';

/** Which of a preview's images. */
type PictureKind = 'poster' | 'filmstrip';

/** The address of an image for `<img>`. */
export type PictureUrl = (token: string, kind: PictureKind) => string;

export const mediaPictureUrl: PictureUrl = (token, kind) => `media://preview/${token}/${kind}`;

/** Layouts that are kept: a few hundred bytes each. */
const KEPT_LAYOUTS = 200;
/** Images that fail together are asked for together. */
const BROKEN_BUNDLE_MS = 250;

/** Where the page's images come from, and what is known about them. */
export class Previews {
  /** Makes addresses of images. */
  readonly url: PictureUrl;
  readonly #api: Pick<Api, 'previews'>;
  /** By token, the ones used last at the end. */
  readonly #layouts = new Map<string, Promise<Filmstrip | null>>();
  readonly #reported = new Set<number>();
  #broken: number[] = [];

  constructor(api: Pick<Api, 'previews'>, url: PictureUrl = mediaPictureUrl) {
    this.#api = api;
    this.url = url;
  }

  /** How the filmstrip of this token lies, asked for once; null where it is there no longer. Never rejects. */
  layout(videoId: number, token: string): Promise<Filmstrip | null> {
    const layout = this.#layouts.get(token) ?? this.#ask(videoId, token);
    this.#layouts.delete(token);
    this.#layouts.set(token, layout);
    for (const oldest of this.#layouts.keys()) {
      if (this.#layouts.size <= KEPT_LAYOUTS) break;
      this.#layouts.delete(oldest);
    }
    return layout;
  }

  /**
   * An image of this video could not be shown: it is made again. Only the first report of a video counts, so that one
   * that breaks again and again is not made again and again.
   */
  reportBroken(videoId: number): void {
    if (this.#reported.has(videoId)) return;
    this.#reported.add(videoId);
    if (this.#broken.push(videoId) === 1) setTimeout(() => this.#remakeBroken(), BROKEN_BUNDLE_MS);
  }

  #remakeBroken(): void {
    const ids = this.#broken;
    this.#broken = [];
    // The placeholder stays, and the next session asks again.
    this.#api.previews.remake({ ids }).catch(() => undefined);
  }

  async #ask(id: number, token: string): Promise<Filmstrip | null> {
    try {
      return await this.#api.previews.filmstrip({ id });
    } catch {
      // It was thrown away or replaced meanwhile; scrubbing is left out rather than explained.
      this.#layouts.delete(token);
      return null;
    }
  }
}
