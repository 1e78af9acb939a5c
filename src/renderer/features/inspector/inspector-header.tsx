import { FolderOpen, Play, ShieldAlert } from 'lucide-react';
import type { ProbeLevel, Verification, VideoDetail } from '../../../shared/media';
import { formatDateTime } from '../../format/date';
import { useApp, useServices } from '../../services';
import { Button } from '../../ui/button';
import { showError } from '../../ui/error-toast';
import { MiddleTruncated } from '../../ui/middle-truncated';
import { StateIcon } from '../browser/video-state';
import { outcomeWords } from './verification-words';

/** Name, place and state of the file. */
export function InspectorHeader({ video }: { video: VideoDetail }) {
  const { api, player } = useServices();
  const platform = useApp((state) => state.info?.platform);
  const state = stateSentence(video);
  const canReveal = video.state === 'ok' || video.state === 'unreadable';
  return (
    <header className="border-b border-line p-4">
      <h2 className="text-section font-medium wrap-anywhere select-text">{video.name}</h2>
      <MiddleTruncated
        text={video.path}
        tailLength={24}
        className="mt-1 text-small text-muted select-text"
      />
      {state && (
        <p className="mt-2 flex items-start gap-2 text-muted">
          <StateIcon state={video.state} className="mt-0.5" />
          {state}
        </p>
      )}
      <DamageLine verification={video.verification} />
      {canReveal && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button onClick={() => player.open(video.id)}>
            <Play aria-hidden />
            Play
          </Button>
          <Button onClick={() => void api.videos.reveal({ id: video.id }).catch(showError)}>
            <FolderOpen aria-hidden />
            {platform === 'darwin' ? 'Reveal in Finder' : 'Reveal in folder'}
          </Button>
        </div>
      )}
    </header>
  );
}

/** What is wrong with the file comes before what it is; the places are listed further down. */
function DamageLine({ verification }: { verification: Verification | null }) {
  if (verification === null || verification.outcome === 'intact') return null;
  return (
    <p className="mt-2 flex items-start gap-2">
      <ShieldAlert aria-hidden className="mt-0.5 text-danger" />
      {outcomeWords(verification)}
    </p>
  );
}

const LEVEL_SENTENCES: Readonly<Record<ProbeLevel, string | null>> = {
  none: 'Not read yet.',
  quick: 'Known from its header. Every detail is still to be read.',
  full: null,
};

function stateSentence(video: VideoDetail): string | null {
  switch (video.state) {
    case 'ok':
      return LEVEL_SENTENCES[video.probeLevel];
    case 'unreadable':
      return null;
    case 'missing':
      return video.missingSinceMs === null
        ? 'The file is no longer in its folder. It comes back here when it does.'
        : `Not in its folder since ${formatDateTime(video.missingSinceMs)}. It comes back here when the file does.`;
    case 'offline':
      return 'Its drive or network share is not connected.';
  }
}
