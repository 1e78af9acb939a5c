import {
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { WITHOUT_WAITING } from '../open-file';
import {
  diskFileSystem,
  entryOf,
  type FileSystem,
  identityOf,
  mayHaveLostNames,
  type RawPath,
  rawEntryOf,
} from './file-system';

/** Files that are looked at one by one before their pace is judged. */
const LOT = 32;
/** A drive that takes longer for a file, in milliseconds on average, is asked for several at a time. */
const SLOW_MS = 0.05;
/** Files that are looked at several at a time before one by one is tried again; twice as many after each try. */
const FIRST_DETOUR = 512;

/**
 * The disk for a thread of its own, which it blocks: without the way through other threads and back, looking at a file
 * takes 2.5 µs instead of 6.5 (Linux, warm cache). Only a drive with a long way of its own, such as a network share or
 * a cold disk, is asked for several files at a time.
 */
export function blockingFileSystem(): FileSystem {
  const pace = new Pace();
  return {
    listFolder: async (path) => {
      const entries = readdirSync(path, { withFileTypes: true });
      if (!mayHaveLostNames(entries)) return entries.map(entryOf);
      return readdirSync(path, { withFileTypes: true, encoding: 'buffer' }).map(rawEntryOf);
    },
    identifyFolder: async (path, links) => {
      const look = links === 'follow' ? statSync : lstatSync;
      return identityOf(path, look(path, { bigint: true }));
    },
    statFiles: async (paths) => {
      const answers: (Stats | NodeJS.ErrnoException)[] = [];
      while (answers.length < paths.length) {
        const start = answers.length;
        const { count, together } = pace.next(paths.length - start);
        const lot = paths.slice(start, start + count);
        const startedAt = performance.now();
        const found = together ? await diskFileSystem.statFiles(lot) : lot.map(statNow);
        for (const answer of found) answers.push(answer);
        if (!together) pace.note(count, performance.now() - startedAt);
      }
      return answers;
    },
    readHead: async (path, bytes) => readHeadNow(path, bytes),
  };
}

/** Decides how many files are looked at next, and whether all of them together. */
export class Pace {
  #detourLeft = 0;
  #nextDetour = FIRST_DETOUR;

  next(waiting: number): { count: number; together: boolean } {
    if (this.#detourLeft === 0) return { count: Math.min(waiting, LOT), together: false };
    const count = Math.min(waiting, this.#detourLeft);
    this.#detourLeft -= count;
    return { count, together: true };
  }

  /** So many files were looked at one by one in so many milliseconds. */
  note(count: number, milliseconds: number): void {
    if (milliseconds <= count * SLOW_MS) {
      this.#nextDetour = FIRST_DETOUR;
      return;
    }
    this.#detourLeft = this.#nextDetour;
    this.#nextDetour *= 2;
  }
}

function statNow(path: RawPath): Stats | NodeJS.ErrnoException {
  try {
    return statSync(path);
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

function readHeadNow(path: RawPath, bytes: number): Uint8Array {
  const descriptor = openSync(path, WITHOUT_WAITING);
  try {
    if (!fstatSync(descriptor).isFile()) return new Uint8Array();
    const head = Buffer.alloc(bytes);
    return head.subarray(0, readSync(descriptor, head, 0, bytes, 0));
  } finally {
    closeSync(descriptor);
  }
}
