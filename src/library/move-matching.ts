import { fold } from './fold';

/** A place where a file is or was. */
export interface NamedPlace {
  /** Relative to its root. */
  folder: string;
  name: string;
}

/** A video whose file is not at its place any more. */
export interface Departed extends NamedPlace {
  /** It was missing before this scan. */
  earlier: boolean;
}

/**
 * What makes an arrival the likeliest new place of a departure among several with the same content, the strongest sign
 * first: name and all folders, name and last folder, the name, the name but for case and spelling of accents, the last
 * folder, and last that no other is left on either side.
 */
const SIGNS: readonly ((place: NamedPlace) => string)[] = [
  ({ folder, name }) => `${folder}/${name}`,
  ({ folder, name }) => `${lastFolder(folder)}/${name}`,
  ({ name }) => name,
  ({ name }) => fold(name),
  ({ folder }) => lastFolder(folder),
  () => '',
];

/**
 * Pairs videos that went away with files of the same content that appeared. Nothing is guessed: a pair is made only
 * where a sign fits one departure and one arrival. The result depends on nothing but what is left over, so that a scan
 * that is interrupted between two pairs makes the same ones when it goes on.
 */
export function matchMoves<D extends Departed, A extends NamedPlace>(
  departures: readonly D[],
  arrivals: readonly A[],
): [D, A][] {
  const recent = departures.filter(({ earlier }) => !earlier);
  const pairs = matchAll(recent, arrivals);
  // While it is open which of the files just gone is where, none is given to one that was missed long ago.
  if (pairs.length < recent.length) return pairs;
  const taken = new Set(pairs.map(([, arrival]) => arrival));
  const left = arrivals.filter((arrival) => !taken.has(arrival));
  return [
    ...pairs,
    ...matchAll(
      departures.filter(({ earlier }) => earlier),
      left,
    ),
  ];
}

function matchAll<D extends NamedPlace, A extends NamedPlace>(
  departures: readonly D[],
  arrivals: readonly A[],
): [D, A][] {
  const open = { departures: new Set(departures), arrivals: new Set(arrivals) };
  const pairs: [D, A][] = [];
  for (let sign = 0; ; ) {
    const signOf = SIGNS[sign];
    if (!signOf) return pairs;
    const found = uniquePairs([...open.departures], [...open.arrivals], signOf);
    for (const pair of found) {
      open.departures.delete(pair[0]);
      open.arrivals.delete(pair[1]);
      pairs.push(pair);
    }
    // With fewer left, a stronger sign may have become unambiguous.
    sign = found.length > 0 ? 0 : sign + 1;
  }
}

function uniquePairs<D extends NamedPlace, A extends NamedPlace>(
  departures: readonly D[],
  arrivals: readonly A[],
  signOf: (place: NamedPlace) => string,
): [D, A][] {
  const arrivalBySign = bySign(arrivals, signOf);
  const pairs: [D, A][] = [];
  for (const [sign, departure] of bySign(departures, signOf)) {
    const arrival = arrivalBySign.get(sign);
    if (departure && arrival) pairs.push([departure, arrival]);
  }
  return pairs;
}

/** The only one with each sign; null where there are several. */
function bySign<T extends NamedPlace>(
  places: readonly T[],
  signOf: (place: NamedPlace) => string,
): Map<string, T | null> {
  const map = new Map<string, T | null>();
  for (const place of places) {
    const sign = signOf(place);
    map.set(sign, map.has(sign) ? null : place);
  }
  return map;
}

function lastFolder(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}
