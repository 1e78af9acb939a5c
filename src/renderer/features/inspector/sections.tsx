import { TriangleAlert } from 'lucide-react';
import type { Chapter, Problem, Stream } from '../../../shared/media';
import { formatDuration } from '../../format/duration';
import { countOf } from '../../format/number';
import { FactList } from '../../ui/fact-list';
import { TechnicalDetails } from '../../ui/technical-details';
import { describeProblem, problemText, problemTextLabel } from '../problems/problem-words';
import { Section } from './section';
import { streamFacts, streamTitle } from './stream-words';

/** Why the file could not be read, with ffprobe's own words one click away. */
export function ProblemSection({ problem }: { problem: Problem }) {
  const { reason, advice } = describeProblem(problem.code);
  return (
    <section className="border-b border-line px-4 py-3">
      <h3 className="flex items-center gap-2 font-medium">
        <TriangleAlert aria-hidden className="text-attention" />
        {reason}
      </h3>
      <p className="mt-1 mb-2 text-muted">{advice}</p>
      <TechnicalDetails label={problemTextLabel(problem)} text={problemText(problem)} />
    </section>
  );
}

export function StreamsSection({ streams }: { streams: readonly Stream[] }) {
  return (
    <Section title={countOf(streams.length, 'stream')}>
      <ul className="space-y-4">
        {streams.map((stream) => (
          <li key={stream.index}>
            <h4 className="mb-1 font-medium">{streamTitle(stream)}</h4>
            <FactList facts={streamFacts(stream)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function ChaptersSection({ chapters }: { chapters: readonly Chapter[] }) {
  return (
    <Section title={countOf(chapters.length, 'chapter')}>
      <ol className="space-y-1">
        {chapters.map((chapter, index) => (
          <li key={`${chapter.startSeconds}-${chapter.endSeconds}`} className="flex gap-3">
            <span className="w-16 shrink-0 text-right text-muted tabular-nums">
              {formatDuration(chapter.startSeconds)}
            </span>
            <span className="min-w-0 wrap-anywhere select-text">
              {chapter.title ?? `Chapter ${index + 1}`}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
