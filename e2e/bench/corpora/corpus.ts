import { linkSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { random, shuffled } from './random';

/** A folder of videos to scan. */
export interface Corpus {
  folder: string;
  /** Video files in it. */
  count: number;
}

const SEED = 1;

/**
 * Fills a folder with `count` hard links: the disk holds each source once, and each link is a file of its own for whoever
 * scans. All sources occur equally often, in an order that is the same in every run.
 * @param place the path of a file below the folder, without its extension
 */
export function linkedCorpus(
  folder: string,
  sources: readonly string[],
  count: number,
  place: (index: number) => string,
): Corpus {
  const next = random(SEED);
  let deck: string[] = [];
  let parent = '';
  for (let index = 0; index < count; index += 1) {
    if (deck.length === 0) deck = shuffled(sources, next);
    const source = deck.pop() as string;
    const path = join(folder, `${place(index)}${extname(source)}`);
    if (dirname(path) !== parent) {
      parent = dirname(path);
      mkdirSync(parent, { recursive: true });
    }
    linkSync(source, path);
  }
  return { folder, count };
}

/** Gives the files of a folder the age that videos have: a scan waits for what was written a moment ago. */
export function age(folder: string): void {
  const yesterday = new Date(Date.now() - 24 * 60 * 60_000);
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), yesterday, yesterday);
}

export function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
