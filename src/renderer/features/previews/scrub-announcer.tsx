import { formatDuration } from '../../format/duration';
import { useApp } from '../../services';

/** Says which moment the keyboard scrubbed to. */
export function ScrubAnnouncer() {
  const seconds = useApp((state) => state.scrub?.seconds ?? null);
  return (
    <p aria-live="polite" data-testid="scrub-announcer" className="sr-only">
      {seconds === null ? '' : `Picture at ${formatDuration(seconds)}`}
    </p>
  );
}
