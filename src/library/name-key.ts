import { fold } from './fold';

/** Sorts before every character of a name, so that `clip.mp4` comes before `clip 2.mp4`. */
const EXTENSION_MARK = '\u0001';
const FOLDER_MARK = '\u0001';

/** Longest run of digits that one length digit can announce. */
const LENGTH_STEP = 8;

/**
 * Key by which names sort as people expect when compared byte by byte: no case, no accents,
 * numbers by their value (`clip 9` before `clip 10`).
 */
export function nameKey(name: string): string {
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return naturalKey(name);
  return naturalKey(name.slice(0, dot)) + EXTENSION_MARK + naturalKey(name.slice(dot + 1));
}

/** Key of a folder's absolute path: a folder sorts before what it contains. */
export function pathKey(path: string): string {
  return path.split(/[\\/]/).map(naturalKey).join(FOLDER_MARK);
}

function naturalKey(text: string): string {
  return fold(text).replace(/[0-9]+/g, numberKey);
}

/** Digits after their count, so that a longer number is a later one, whatever its length. */
function numberKey(digits: string): string {
  const value = digits.replace(/^0+(?=.)/, '');
  const nines = Math.floor((value.length - 1) / LENGTH_STEP);
  return '9'.repeat(nines) + (value.length - nines * LENGTH_STEP) + value;
}
