import { useEffect, useRef } from 'react';
import { useApp, useServices } from '../../services';
import { FilmstripPainter } from './filmstrip-painter';
import { openFilmstrip } from './open-filmstrip';
import type { PointerTrack } from './pointer-track';
import type { KeyboardScrub } from './scrub-slice';

/**
 * A filmstrip's picture over a video's poster, with a line and the time: the one under the pointer, or the one that the
 * keyboard stepped to. Nothing is seen before it is decoded.
 */
export function ScrubLayer({
  videoId,
  token,
  track,
}: {
  videoId: number;
  token: string;
  track: PointerTrack;
}) {
  const { previews, store } = useServices();
  const layer = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLSpanElement>(null);
  const painter = useRef<FilmstripPainter>(null);
  const frame = useApp((state) => frameOf(state.scrub, videoId));

  useEffect(() => {
    if (!layer.current || !canvas.current || !line.current || !mark.current) return;
    const current = new FilmstripPainter({
      layer: layer.current,
      canvas: canvas.current,
      line: line.current,
      mark: mark.current,
    });
    painter.current = current;
    const follow = () => {
      const stepped = frameOf(store.getState().scrub, videoId);
      if (track.fraction !== null) current.showAt(track.fraction);
      else if (stepped !== null) current.showFrame(stepped);
    };
    follow();
    const ignore = track.listen(follow);
    const loading = new AbortController();
    void openFilmstrip(previews, videoId, token, loading.signal).then((filmstrip) => {
      if (filmstrip) current.open(filmstrip);
    });
    return () => {
      ignore();
      loading.abort();
      current.close();
    };
  }, [previews, store, videoId, token, track]);

  useEffect(() => {
    if (frame !== null) painter.current?.showFrame(frame);
    else if (track.fraction !== null) painter.current?.showAt(track.fraction);
  }, [frame, track]);

  return (
    <div
      ref={layer}
      data-testid="scrub"
      className="pointer-events-none absolute inset-0 bg-surface-1"
      style={{ visibility: 'hidden' }}
    >
      <canvas ref={canvas} className="absolute inset-0 size-full object-contain" />
      <span
        ref={mark}
        data-testid="scrub-time"
        className="absolute bottom-1.5 left-1.5 rounded-badge bg-pill px-1.5 text-label text-on-pill tabular-nums"
      />
      <div ref={line} className="absolute inset-x-0 bottom-0 h-0.5 origin-left bg-accent" />
    </div>
  );
}

function frameOf(scrub: KeyboardScrub | null, videoId: number): number | null {
  return scrub?.videoId === videoId ? scrub.frame : null;
}
