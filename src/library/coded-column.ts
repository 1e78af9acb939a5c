import type { FacetValue } from '../shared/video-query';

const MOST_IN_A_BYTE = 255;

/** One value for each video ID, kept as a code: a byte, or four once there are more values than a byte can tell apart. */
export class CodedColumn {
  #codes: Uint8Array | Uint32Array = new Uint8Array();
  readonly #values: FacetValue[] = [];
  readonly #codeOf = new Map<FacetValue, number>();
  /** Neighbours often have the same value. */
  #lastValue: FacetValue | undefined;
  #lastCode = 0;

  /** By ID; 0 where there is no video. */
  get codes(): Uint8Array | Uint32Array {
    return this.#codes;
  }

  /** Values by their codes, the first one's being 1. */
  get values(): readonly FacetValue[] {
    return this.#values;
  }

  grow(length: number): void {
    const grown =
      this.#codes instanceof Uint8Array ? new Uint8Array(length) : new Uint32Array(length);
    grown.set(this.#codes);
    this.#codes = grown;
  }

  set(id: number, value: FacetValue): void {
    if (value !== this.#lastValue) {
      this.#lastCode = this.#codeOf.get(value) ?? this.#add(value);
      this.#lastValue = value;
    }
    this.#codes[id] = this.#lastCode;
  }

  clear(id: number): void {
    this.#codes[id] = 0;
  }

  /** By code: 1 for those whose value passes, else 0; never for the code of no video. */
  passing(passes: (value: FacetValue) => boolean): Uint8Array {
    return Uint8Array.from([0, ...this.#values.map((value) => (passes(value) ? 1 : 0))]);
  }

  #add(value: FacetValue): number {
    const code = this.#values.push(value);
    this.#codeOf.set(value, code);
    if (code > MOST_IN_A_BYTE && this.#codes instanceof Uint8Array) {
      this.#codes = Uint32Array.from(this.#codes);
    }
    return code;
  }
}
