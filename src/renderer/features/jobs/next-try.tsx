import { formatTimeUntil } from '../../format/duration';
import { useNow } from '../../ui/use-now';

/** When a waiting job is tried again: the only thing that ticks while it waits. */
export function NextTry({ at }: { at: number }) {
  const now = useNow(1000);
  return <span>tries again {formatTimeUntil((at - now) / 1000)}</span>;
}
