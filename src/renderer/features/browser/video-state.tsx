import { FileWarning, Unlink, Unplug } from 'lucide-react';
import type { VideoState } from '../../../shared/media';

/** The state in a word; null where it is an ordinary one. */
export function stateName(state: VideoState): string | null {
  switch (state) {
    case 'ok':
      return null;
    case 'unreadable':
      return 'Cannot be read';
    case 'missing':
      return 'Missing';
    case 'offline':
      return 'Offline';
  }
}

/** The state's sign: plug, broken link, or a file with a warning. Nothing for an ordinary video. */
export function StateIcon({ state, className }: { state: VideoState; className?: string }) {
  const name = stateName(state);
  if (name === null) return null;
  const Icon = { ok: FileWarning, unreadable: FileWarning, missing: Unlink, offline: Unplug }[
    state
  ];
  return <Icon role="img" aria-label={name} className={className} />;
}

/** Over a video's picture while its file cannot be reached: a small plug, or a broken link. */
export function AwaySign({ state }: { state: VideoState }) {
  if (state !== 'offline' && state !== 'missing') return null;
  return (
    <span className="absolute top-1.5 right-1.5 flex size-5 items-center justify-center rounded-badge bg-pill text-on-pill">
      <StateIcon state={state} className="size-3.5!" />
    </span>
  );
}
