import { abortable } from './abortable';

/** Something that others wait for and that happens again and again: what they check may be otherwise then. */
export class Change {
  #wake: () => void = () => undefined;
  #next = this.#newPromise();

  /** Whoever waits now goes on. */
  happened(): void {
    const wake = this.#wake;
    this.#next = this.#newPromise();
    wake();
  }

  /** Resolves when it happens the next time. @throws the signal's reason as soon as it aborts */
  next(signal: AbortSignal): Promise<void> {
    return abortable(signal, () => this.#next);
  }

  #newPromise(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
