import type { Damage, Verification } from '../../../shared/media';
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

/** Where a damaged place is. */
export function positionWords({ atSeconds }: Damage): string {
  return atSeconds === null ? 'Unknown' : formatTimecode(atSeconds);
}

/** How many places are not listed; null where all are. */
export function unlistedWords({ damage, damageCount }: Verification): string | null {
  const rest = damageCount - damage.length;
  return rest > 0 ? `and ${formatCount(rest)} more` : null;
}
