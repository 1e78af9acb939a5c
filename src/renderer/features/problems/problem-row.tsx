import { FileWarning, FolderOpen } from 'lucide-react';
import { useApp, useServices } from '../../services';
import { classes } from '../../ui/classes';
import { showError } from '../../ui/error-toast';
import { IconButton } from '../../ui/icon-button';
import { MiddleTruncated } from '../../ui/middle-truncated';
import { TechnicalDetails } from '../../ui/technical-details';
import { problemText } from '../inspector/sections';
import { describeProblem } from './problem-words';
import type { ProblemEntry } from './use-problems';

/** One unreadable file: the reason in words, ffprobe's own words one click away. */
export function ProblemRow({ entry }: { entry: ProblemEntry }) {
  const { api } = useServices();
  const select = useApp((state) => state.select);
  const selected = useApp((state) => state.selectedId === entry.id);
  const { reason, advice } = describeProblem(entry.problem.code);
  return (
    <article
      data-testid="problem-row"
      data-video-id={entry.id}
      aria-label={entry.name}
      className={classes('flex items-start gap-3 px-4 py-3', selected && 'bg-accent/20')}
    >
      <FileWarning aria-hidden className="mt-0.5 text-attention" />
      <div className="min-w-0 flex-1">
        <button
          type="button"
          aria-pressed={selected}
          onClick={() => select(entry.id, null)}
          className="flex max-w-full rounded-badge text-left font-medium hover:underline"
        >
          <MiddleTruncated text={entry.name} />
        </button>
        <MiddleTruncated text={entry.path} tailLength={28} className="text-small text-muted" />
        <p className="mt-1 mb-1">
          {reason}. <span className="text-muted">{advice}</span>
        </p>
        <TechnicalDetails label="What ffprobe said" text={problemText(entry.problem)} />
      </div>
      <IconButton
        icon={FolderOpen}
        label="Reveal in folder"
        onClick={() => void api.videos.reveal({ id: entry.id }).catch(showError)}
      />
    </article>
  );
}
