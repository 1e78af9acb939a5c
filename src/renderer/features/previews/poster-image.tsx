import { useLayoutEffect, useRef, useState } from 'react';
import { useServices } from '../../services';
import { classes } from '../../ui/classes';

const INVISIBLE = 'invisible';

/**
 * A poster that shows itself once it is decoded: at once where the browser still has it, so that nothing flickers when
 * a tile comes back, and faded in where it is new.
 *
 * @param fades whether a new one fades in, instead of taking another's place
 */
export function PosterImage({
  token,
  videoId,
  fades,
  onShown,
}: {
  token: string;
  videoId: number;
  fades: boolean;
  onShown: (token: string) => void;
}) {
  const { previews } = useServices();
  const image = useRef<HTMLImageElement>(null);
  const [look, setLook] = useState(INVISIBLE);
  const [arrival] = useState(fades ? 'animate-appear' : '');

  useLayoutEffect(() => {
    const element = image.current;
    if (element === null) return;
    let isGone = false;
    const show = (newLook: string) => {
      if (isGone) return;
      setLook(newLook);
      onShown(token);
    };
    // Set here and not by React, so that leaving the screen can take it back: that ends the request.
    element.src = previews.url(token, 'poster');
    if (element.complete && element.naturalWidth > 0) show('');
    else {
      element.decode().then(
        () => show(arrival),
        () => {
          if (!isGone) previews.reportBroken(videoId);
        },
      );
    }
    return () => {
      isGone = true;
      element.removeAttribute('src');
    };
  }, [previews, token, videoId, arrival, onShown]);

  return (
    <img
      ref={image}
      alt=""
      draggable={false}
      data-testid="poster"
      // It is decoded before it is shown: another wait would only let the placeholder through.
      decoding="sync"
      className={classes('pointer-events-none absolute inset-0 size-full object-contain', look)}
    />
  );
}
