import { ExternalLink, FolderOpen, SkipForward, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorCode, ErrorShape } from '../../../shared/errors';
import { describeError, technicalText } from '../../errors';
import { useApp, useServices } from '../../services';
import { Button } from '../../ui/button';
import { showError } from '../../ui/error-toast';
import { MessagePage } from '../../ui/message-page';
import { TechnicalDetails } from '../../ui/technical-details';
import type { PlaybackPhase } from './playback-session';

/** Why there is nothing to see, and what can be done instead. */
export function CannotPlay({
  phase,
}: {
  phase: Extract<PlaybackPhase, { kind: 'unplayable' | 'failed' }>;
}) {
  return (
    <div role="alert" className="absolute inset-0 bg-surface-0/85">
      {phase.kind === 'unplayable' ? (
        <MessagePage
          icon={VideoOff}
          title="This video cannot be played here"
          action={<InsteadButtons />}
        >
          {phase.reason}
        </MessagePage>
      ) : (
        <FailedPage error={phase.error} />
      )}
    </div>
  );
}

function FailedPage({ error }: Pick<Extract<PlaybackPhase, { kind: 'failed' }>, 'error'>) {
  const { title, meaning, action } = describeError(error);
  return (
    <MessagePage icon={VideoOff} title={title} action={<InsteadButtons error={error} />}>
      <p className="mb-2">
        {meaning} {action}
      </p>
      <TechnicalDetails text={technicalText(error)} />
    </MessagePage>
  );
}

/** Errors that the system's player would run into as well. */
const GONE: readonly ErrorCode[] = ['FILE_NOT_FOUND', 'ROOT_OFFLINE', 'VIDEO_NOT_FOUND'];

function InsteadButtons({ error }: { error?: ErrorShape }): ReactNode {
  const { api, player } = useServices();
  const platform = useApp((state) => state.info?.platform);
  const id = useApp((state) => state.player?.videoId);
  const state = useApp((app) => app.player?.video?.state);
  const hasNext = useApp((app) => Boolean(app.player?.neighbours.next));
  const isGone = error !== undefined && GONE.includes(error.code);
  const isThere = id !== undefined && !isGone && (state === 'ok' || state === 'unreadable');
  return (
    <>
      {isThere && (
        <>
          <Button
            emphasis="primary"
            onClick={() => void api.videos.openExternally({ id }).catch(showError)}
          >
            <ExternalLink aria-hidden />
            Open in the system’s player
          </Button>
          <Button onClick={() => void api.videos.reveal({ id }).catch(showError)}>
            <FolderOpen aria-hidden />
            {platform === 'darwin' ? 'Reveal in Finder' : 'Show in folder'}
          </Button>
        </>
      )}
      {hasNext && (
        <Button onClick={() => player.step(1)}>
          <SkipForward aria-hidden />
          Next video
        </Button>
      )}
    </>
  );
}
