import { describe, expect, it } from 'vitest';
import { DamagePlaces } from './damage-places';

function placesOf(...messages: [at: number | null, message: string][]): DamagePlaces {
  const places = new DamagePlaces();
  for (const [at, message] of messages) places.add(at, message);
  return places;
}

describe('DamagePlaces', () => {
  it('folds what is said about one spot into its first words', () => {
    const places = placesOf([4, 'broken block'], [4, 'concealing'], [4.6, 'error while decoding']);
    expect(places.damage).toEqual([{ atSeconds: 4, message: 'broken block' }]);
    expect(places.count).toBe(1);
  });

  it('tells where a stretch ends, however long it is', () => {
    const complaints = Array.from({ length: 500 }, (_, index): [number, string] => [index, 'bad']);
    expect(placesOf(...complaints).damage).toEqual([
      { atSeconds: 0, untilSeconds: 499, message: 'bad' },
    ]);
  });

  it('keeps places apart, also where sound lags behind the picture', () => {
    const places = placesOf([10, 'a'], [9.4, 'b'], [20, 'c'], [null, 'd'], [null, 'e']);
    expect(places.damage.map(({ message }) => message)).toEqual(['a', 'c', 'd']);
    expect(places.count).toBe(3);
  });

  it('keeps the first places and counts the rest', () => {
    const complaints = Array.from({ length: 5000 }, (_, index): [number, string] => [
      index * 10,
      `place ${index}`,
    ]);
    const places = placesOf(...complaints);
    expect(places.count).toBe(5000);
    expect(places.damage).toHaveLength(100);
    expect(places.damage.at(-1)?.message).toBe('place 99');
  });

  it('explains by the end what was said just before it', () => {
    const places = placesOf([3, 'early'], [9.5, 'partial file']);
    places.addEnd(10, 'The file ends.');
    expect(places.damage).toEqual([
      { atSeconds: 3, message: 'early' },
      { atSeconds: 9.5, message: 'The file ends.' },
    ]);
    places.addEnd(50, 'Stopped.');
    expect(places.count).toBe(3);

    const unplaced = placesOf([null, 'read error']);
    unplaced.addEnd(10, 'The file ends.');
    expect(unplaced.damage).toEqual([{ atSeconds: 10, message: 'The file ends.' }]);
  });

  it('shortens what nobody would read', () => {
    const [damage] = placesOf([1, 'x'.repeat(5000)]).damage;
    expect(damage?.message).toHaveLength(300);
  });
});
