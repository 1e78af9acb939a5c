import { asNumber, asObjects, type RawObject } from './raw-object';
import type { Tags } from './tags';

/** Clockwise quarter turns, in degrees, that a player applies. */
export type Rotation = 0 | 90 | 180 | 270;

/**
 * How far a player turns the picture clockwise. The display matrix wins over the old `rotate` tag; ffprobe counts
 * the matrix counter-clockwise and the tag clockwise. Odd angles are taken to the nearest quarter turn.
 */
export function readRotation(stream: RawObject, tags: Tags): Rotation {
  for (const data of asObjects(stream['side_data_list'])) {
    if (data['side_data_type'] !== 'Display Matrix') continue;
    const counterClockwise = asNumber(data['rotation']);
    if (counterClockwise !== null) return quarterTurn(-counterClockwise);
  }
  return quarterTurn(asNumber(tags.find('rotate')) ?? 0);
}

function quarterTurn(degrees: number): Rotation {
  // A degenerate matrix (all zeros) comes out as a huge number, not as an angle.
  if (Math.abs(degrees) > 360) return 0;
  const turns = (((Math.round(degrees / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3;
  return ([0, 90, 180, 270] as const)[turns];
}
