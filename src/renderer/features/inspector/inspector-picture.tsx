import { ImageOff } from 'lucide-react';
import type { VideoDetail } from '../../../shared/media';
import { useApp, useServices } from '../../services';
import { Button } from '../../ui/button';
import { classes } from '../../ui/classes';
import { AwaySign, StateIcon } from '../browser/video-state';
import { remakePreview } from '../previews/remake-preview';
import { usePointerScrub } from '../previews/use-pointer-scrub';
import { VideoPicture } from '../previews/video-picture';

/** The selected video's picture, large; the pointer scrubs through it as in a tile. */
export function InspectorPicture({ video }: { video: VideoDetail }) {
  const pointer = usePointerScrub();
  const byKeyboard = useApp((state) => state.scrub?.videoId === video.id);
  return (
    <div
      data-testid="inspector-picture"
      {...pointer.handlers}
      className={classes(
        'relative touch-pan-y overflow-hidden border-b border-line',
        isPortrait(video) ? 'aspect-square' : 'aspect-video',
      )}
    >
      <VideoPicture key={video.id} video={video} scrub={{ pointer, byKeyboard }}>
        {video.state === 'unreadable' ? (
          <StateIcon state="unreadable" className="size-6! text-muted" />
        ) : (
          video.previewProblem !== null && <NoPreview video={video} />
        )}
      </VideoPicture>
      <AwaySign state={video.state} />
    </div>
  );
}

/** In a frame of 16:9 it would be smaller here than in its tile. */
function isPortrait({ width, height }: VideoDetail): boolean {
  return width !== null && height !== null && height > width;
}

/** Why there is nothing to see; it may be different now. */
function NoPreview({ video: { id, state, previewProblem } }: { video: VideoDetail }) {
  const services = useServices();
  return (
    <div className="flex flex-col items-center gap-2 p-4 text-center text-small text-muted">
      <ImageOff aria-hidden />
      <p className="line-clamp-3 text-pretty">{previewProblem}</p>
      {state === 'ok' && (
        <Button onClick={() => void remakePreview(services, id)}>Make preview again</Button>
      )}
    </div>
  );
}
