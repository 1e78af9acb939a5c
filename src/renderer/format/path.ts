/** Last name of a path of any platform; the path itself where it has none (`/`, `C:\`). */
export function lastName(path: string): string {
  return path.match(/([^/\\]+)[/\\]*$/)?.[1] ?? path;
}

/** Characters of a name that stay whole at its end: the extension and what tells takes apart. */
const TAIL_LENGTH = 9;

/**
 * A name in two parts for truncation in the middle: the head may shrink to an ellipsis, the tail stays.
 * Short names have no tail.
 */
export function splitForMiddle(name: string, tailLength = TAIL_LENGTH): [string, string] {
  const characters = [...name];
  if (characters.length <= tailLength * 2) return [name, ''];
  const tail = characters.slice(-tailLength).join('').trimStart();
  // A space after the ellipsis would look like a hole.
  return [name.slice(0, name.length - tail.length), tail];
}
