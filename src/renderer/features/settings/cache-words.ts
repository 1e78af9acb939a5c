import type { PreviewCache } from '../../../shared/preview';
import { countOf } from '../../format/number';
import { formatSize } from '../../format/size';

/**
 * What the previews take, and how many are missing: `The previews of 12,300 videos take 1.2 GB. 40 videos have none
 * yet.`
 */
export function cacheSentence({ bytes, count, due, withoutFilmstrip }: PreviewCache): string {
  const missing = `${countOf(due, 'video')} ${due === 1 ? 'has' : 'have'} none`;
  if (count === 0) {
    return due === 0 ? 'There are no previews yet.' : `There are no previews yet: ${missing}.`;
  }
  const kept = `The previews of ${countOf(count, 'video')} take ${formatSize(bytes)}.`;
  if (due > 0) return `${kept} ${missing} yet.`;
  if (withoutFilmstrip === 0) return kept;
  const unfinished = `${countOf(withoutFilmstrip, 'video')} ${withoutFilmstrip === 1 ? 'has' : 'have'}`;
  return `${kept} ${unfinished} no filmstrip yet.`;
}
