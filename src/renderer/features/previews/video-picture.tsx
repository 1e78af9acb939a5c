import { type ReactNode, useState } from 'react';
import type { VideoSummary } from '../../../shared/media';
import { classes } from '../../ui/classes';
import { PosterImage } from './poster-image';
import { ScrubLayer } from './scrub-layer';
import type { PointerScrub } from './use-pointer-scrub';

interface VideoPictureProps {
  video: VideoSummary;
  /** What stands there while no picture does. */
  children?: ReactNode;
  /** Where there is room to scrub. */
  scrub?: { pointer: PointerScrub; byKeyboard: boolean };
}

/**
 * What is seen of a video: its poster, a filmstrip's picture over it, and before either a still placeholder in the
 * video's own aspect. Fills a positioned frame; use the video's ID as key.
 */
export function VideoPicture({ video, children, scrub }: VideoPictureProps) {
  const { id, preview } = video;
  const poster = preview?.poster ?? null;
  const [shown, setShown] = useState<string | null>(null);
  if (poster === null && shown !== null) setShown(null);
  // A poster that was made anew takes the place of the old one once it is decoded.
  const old = poster !== null && shown !== poster ? shown : null;
  const isCovered = poster !== null && shown !== null;
  const isAway = video.state === 'offline' || video.state === 'missing';
  const isScrubbed = scrub !== undefined && (scrub.pointer.over || scrub.byKeyboard);
  return (
    <div
      className={classes('absolute inset-0', isAway && '[&_canvas]:grayscale [&_img]:grayscale')}
    >
      <Placeholder video={video} covered={isCovered} />
      {!isCovered && children && (
        <div className="absolute inset-0 flex flex-col items-center justify-center">{children}</div>
      )}
      {[old, poster]
        .filter((token) => token !== null)
        .map((token) => (
          <PosterImage
            key={token}
            token={token}
            videoId={id}
            fades={old === null}
            onShown={setShown}
          />
        ))}
      {isScrubbed && preview?.filmstrip && (
        <ScrubLayer
          key={preview.filmstrip}
          videoId={id}
          token={preview.filmstrip}
          track={scrub.pointer.track}
        />
      )}
    </div>
  );
}

/** A still area that lies as the picture will: an SVG is fitted in as an image is. */
function Placeholder({ video, covered }: { video: VideoSummary; covered: boolean }) {
  const [width, height] = video.width && video.height ? [video.width, video.height] : [16, 9];
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${width} ${height}`}
      className={classes(
        'absolute inset-0 size-full fill-surface-2 transition-opacity',
        covered && 'opacity-0',
      )}
    >
      <rect width={width} height={height} />
    </svg>
  );
}
