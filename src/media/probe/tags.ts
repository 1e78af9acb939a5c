import { asObject, asText, type RawObject } from './raw-object';

/** Tags of a file or stream, found without regard to case: containers differ (`title`, `TITLE`, `Title`). */
export class Tags {
  readonly #values = new Map<string, string>();

  constructor(source: RawObject) {
    for (const [name, value] of Object.entries(asObject(source['tags']) ?? {})) {
      const text = asText(value);
      if (text !== null) this.#values.set(name.toLowerCase(), text);
    }
  }

  /** The first of the names (lower case) that has a value. */
  find(...names: string[]): string | null {
    for (const name of names) {
      const value = this.#values.get(name);
      if (value !== undefined) return value;
    }
    return null;
  }
}
