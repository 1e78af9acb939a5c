import { EyeOff, FileWarning, FolderOpen, RotateCcw, ShieldAlert } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { type KeyboardEvent, type MouseEvent, memo } from 'react';
import { formatMoment } from '../../format/date';
import { useApp, useServices } from '../../services';
import { Checkbox } from '../../ui/checkbox';
import { classes } from '../../ui/classes';
import { showError } from '../../ui/error-toast';
import { IconButton } from '../../ui/icon-button';
import { MENU_CONTENT } from '../../ui/menu';
import { MiddleTruncated } from '../../ui/middle-truncated';
import { TechnicalDetails } from '../../ui/technical-details';
import { copyProblemReport, dismissProblems, retryProblems } from './problem-actions';
import { actionOfKey } from './problem-keys';
import { ProblemMenuItems } from './problem-menu';
import { describeProblem, isQuarantined, problemText, problemTextLabel } from './problem-words';
import type { ProblemEntry } from './use-problems';

export interface ProblemRowProps {
  entry: ProblemEntry;
  /** Whether Tab leads to this row. */
  tabbable: boolean;
  checked: boolean;
  onToggle: (id: number, range: boolean) => void;
  /** What an action on this row is for: all ticked ones if it is among them. */
  targetsOf: (id: number) => readonly number[];
}

/** One unreadable file: the reason in words, ffprobe's own words one click away, and what can be done. */
export const ProblemRow = memo(function ProblemRow(props: ProblemRowProps) {
  const { entry, checked, tabbable, onToggle, targetsOf } = props;
  const selected = useApp((state) => state.selectedId === entry.id);
  const Icon = isQuarantined(entry.problem) ? ShieldAlert : FileWarning;
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>
        <article
          data-testid="problem-row"
          data-video-id={entry.id}
          data-row-key={entry.id}
          aria-label={entry.name}
          className={classes(
            'relative flex items-start gap-3 py-3 pr-2 pl-4 transition-colors',
            selected ? 'bg-accent/20' : 'hover:bg-surface-1 data-[state=open]:bg-surface-1',
          )}
        >
          <Checkbox
            aria-label={`Select ${entry.name}`}
            checked={checked}
            tabIndex={tabbable ? 0 : -1}
            onClick={(event) => {
              event.preventDefault();
              onToggle(entry.id, event.shiftKey);
            }}
            className="z-10 mt-0.5"
          />
          <Icon aria-hidden className="mt-0.5 text-attention" />
          <ProblemBody {...props} selected={selected} />
          <RowButtons id={entry.id} tabbable={tabbable} />
        </article>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={MENU_CONTENT} collisionPadding={8}>
          <ProblemMenuItems id={entry.id} targetsOf={targetsOf} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
});

function ProblemBody({
  entry,
  tabbable,
  selected,
  onToggle,
  targetsOf,
}: ProblemRowProps & { selected: boolean }) {
  const { problem } = entry;
  const { reason, advice } = describeProblem(problem.code);
  const onKeyDown = useRowKeys(entry.id, onToggle, targetsOf);
  const select = useApp((state) => state.select);

  const onClick = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) onToggle(entry.id, event.shiftKey);
    else select(entry.id, null);
  };

  return (
    <div className="min-w-0 flex-1">
      <div className="flex items-baseline gap-2">
        {/* It lies over the whole row, so that a click anywhere selects and the ring is around the row. */}
        <button
          type="button"
          data-row-target
          tabIndex={tabbable ? 0 : -1}
          aria-pressed={selected}
          onClick={onClick}
          onKeyDown={onKeyDown}
          className="flex min-w-0 text-left font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <MiddleTruncated text={entry.name} />
        </button>
        {isQuarantined(problem) && (
          <span className="shrink-0 rounded-badge border border-attention px-1 text-label text-attention">
            Quarantined
          </span>
        )}
        <time
          dateTime={new Date(problem.occurredAt).toISOString()}
          className="ml-auto shrink-0 pl-2 text-small text-muted tabular-nums"
        >
          {formatMoment(problem.occurredAt, Date.now())}
        </time>
      </div>
      <MiddleTruncated text={entry.path} tailLength={28} className="text-small text-muted" />
      <p className="mt-1 mb-1 text-pretty">
        {reason}. <span className="text-muted">{advice}</span>
      </p>
      <div className="relative z-10 w-fit max-w-full">
        <TechnicalDetails label={problemTextLabel(problem)} text={problemText(problem)} />
      </div>
    </div>
  );
}

function useRowKeys(
  id: number,
  onToggle: ProblemRowProps['onToggle'],
  targetsOf: ProblemRowProps['targetsOf'],
) {
  const services = useServices();
  const select = useApp((state) => state.select);
  const setInspectorShown = useApp((state) => state.setInspectorShown);
  return (event: KeyboardEvent) => {
    const action = actionOfKey(event);
    // Text that is marked in the technical details is what Ctrl or Cmd+C is for then.
    if (action === null || (action === 'copy' && window.getSelection()?.toString())) return;
    event.preventDefault();
    const ids = [...targetsOf(id)];
    switch (action) {
      case 'tick':
        return onToggle(id, event.shiftKey);
      case 'inspect':
        select(id, null);
        return setInspectorShown(true);
      case 'retry':
        return void retryProblems(services, { ids });
      case 'dismiss':
        return void dismissProblems(services, { ids });
      case 'copy':
        return void copyProblemReport(services, { ids });
    }
  };
}

function RowButtons({ id, tabbable }: { id: number; tabbable: boolean }) {
  const services = useServices();
  const tabIndex = tabbable ? 0 : -1;
  return (
    <div className="relative z-10 -my-1 flex shrink-0">
      <IconButton
        icon={RotateCcw}
        label="Read again"
        shortcut="R"
        tabIndex={tabIndex}
        onClick={() => void retryProblems(services, { ids: [id] })}
      />
      <IconButton
        icon={FolderOpen}
        label="Reveal in folder"
        tabIndex={tabIndex}
        onClick={() => void services.api.videos.reveal({ id }).catch(showError)}
      />
      <IconButton
        icon={EyeOff}
        label="Dismiss"
        shortcut="Del"
        tabIndex={tabIndex}
        onClick={() => void dismissProblems(services, { ids: [id] })}
      />
    </div>
  );
}
