import { Copy } from 'lucide-react';
import type { VideoDetail } from '../../../shared/media';
import { countOf } from '../../format/number';
import { lastName } from '../../format/path';
import { useServices } from '../../services';
import { MiddleTruncated } from '../../ui/middle-truncated';
import { Section } from './section';
import { showVideo } from './show-video';

/** Other files with the same content; one click goes to them. */
export function CopiesSection({ copies }: { copies: VideoDetail['copies'] }) {
  const { store } = useServices();
  return (
    <Section title={countOf(copies.length, 'copy', 'copies')}>
      <ul className="-mx-2 space-y-px">
        {copies.map((copy) => (
          <li key={copy.id}>
            <button
              type="button"
              onClick={() => showVideo(store, copy)}
              className="flex w-full items-start gap-2 rounded-panel px-2 py-1 text-left transition-colors hover:bg-surface-2"
            >
              <Copy aria-hidden className="mt-0.5 text-muted" />
              <span className="min-w-0 flex-1">
                <MiddleTruncated text={lastName(copy.path)} />
                <MiddleTruncated
                  text={copy.path}
                  tailLength={20}
                  className="text-small text-muted"
                />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
