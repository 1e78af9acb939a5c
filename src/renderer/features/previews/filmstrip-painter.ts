import { formatDuration } from '../../format/duration';
import { fractionOf, frameAt, frameOrigin } from './filmstrip-frames';
import type { OpenFilmstrip } from './open-filmstrip';

/** The elements that a filmstrip is drawn with. They are written to directly: nothing renders as the pointer moves. */
interface PainterElements {
  /** Hidden until the first picture is drawn. */
  layer: HTMLElement;
  canvas: HTMLCanvasElement;
  line: HTMLElement;
  mark: HTMLElement;
}

/** Draws the pictures of one filmstrip, at most one each time the screen is drawn. */
export class FilmstripPainter {
  readonly #elements: PainterElements;
  readonly #context: CanvasRenderingContext2D | null;
  #filmstrip: OpenFilmstrip | null = null;
  /** What is to be shown: a picture, and where the line ends from 0 to 1. */
  #wanted: ((count: number) => { frame: number; fraction: number }) | null = null;
  #drawn: number | null = null;
  #request: number | null = null;

  constructor(elements: PainterElements) {
    this.#elements = elements;
    this.#context = elements.canvas.getContext('2d', { alpha: false });
  }

  /** Takes the filmstrip over: its memory is freed by {@link close}. */
  open(filmstrip: OpenFilmstrip): void {
    const { canvas } = this.#elements;
    canvas.width = filmstrip.layout.frameWidth;
    canvas.height = filmstrip.layout.frameHeight;
    this.#filmstrip = filmstrip;
    this.#schedule();
  }

  /** Shows what lies under a pointer at this part of the width, now or as soon as the filmstrip is there. */
  showAt(fraction: number): void {
    this.#wanted = (count) => ({ frame: frameAt(fraction, count), fraction });
    this.#schedule();
  }

  showFrame(frame: number): void {
    this.#wanted = (count) => ({ frame, fraction: fractionOf(frame, count) });
    this.#schedule();
  }

  close(): void {
    if (this.#request !== null) cancelAnimationFrame(this.#request);
    this.#filmstrip?.sprite.close();
    this.#filmstrip = null;
  }

  #schedule(): void {
    if (this.#filmstrip === null || this.#wanted === null) return;
    this.#request ??= requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    this.#request = null;
    if (this.#filmstrip === null || this.#wanted === null) return;
    const { layout, sprite } = this.#filmstrip;
    const { layer, line, mark } = this.#elements;
    const { frame, fraction } = this.#wanted(layout.times.length);
    line.style.transform = `scaleX(${fraction})`;
    if (frame === this.#drawn) return;
    this.#drawn = frame;
    const { frameWidth, frameHeight } = layout;
    const { x, y } = frameOrigin(frame, layout);
    const size = [frameWidth, frameHeight] as const;
    this.#context?.drawImage(sprite, x, y, ...size, 0, 0, ...size);
    mark.textContent = formatDuration(layout.times[frame] ?? 0);
    layer.dataset['frame'] = String(frame);
    layer.style.visibility = 'visible';
  }
}
