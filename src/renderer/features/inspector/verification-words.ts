import type { Damage, Verification } from '../../../shared/media';
import { codecName } from '../../format/codec';
import { formatTimecode } from '../../format/duration';
import { countOf, formatCount } from '../../format/number';

/** What decoding the whole file found, in a few words. */
export function outcomeWords({ outcome, damageCount }: Verification): string {
  switch (outcome) {
    case 'intact':
      return 'Intact from beginning to end';
    case 'damaged':
      return `Damaged in ${countOf(damageCount, 'place')}`;
    case 'unreadable':
      return 'It cannot be decoded at all';
  }
}

/** Where a damaged place is: `00:12:34.500`, or from where to where. */
export function positionWords({ atSeconds, untilSeconds }: Damage): string {
  if (atSeconds === null) return 'Unknown';
  const from = formatTimecode(atSeconds);
  return untilSeconds === undefined ? from : `${from} – ${formatTimecode(untilSeconds)}`;
}

/** How many places are not listed; null where all are. */
export function unlistedWords({ damage, damageCount }: Verification): string | null {
  const rest = damageCount - damage.length;
  return rest > 0 ? `and ${formatCount(rest)} more` : null;
}

/** What could not be checked; null where everything was. */
export function uncheckedWords({ unchecked = [] }: Verification): string | null {
  if (unchecked.length === 0) return null;
  return `Not checked, since there is no decoder for it: ${unchecked.map(codecName).join(', ')}`;
}
