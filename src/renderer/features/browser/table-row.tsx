// biome-ignore-all lint/a11y/useSemanticElements: rows outside the screen are not drawn, which a <table> cannot lay out
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { memo } from 'react';
import type { VideoSummary } from '../../../shared/media';
import { classes } from '../../ui/classes';
import { MiddleTruncated } from '../../ui/middle-truncated';
import { VideoPicture } from '../previews/video-picture';
import { describeProblem } from '../problems/problem-words';
import { COLUMN_TRACKS, COLUMNS, type Column } from './columns';
import { StateIcon } from './video-state';

/** CSS pixels; the header is as high as a row. */
export const TABLE_ROW_HEIGHT = 28;

/** What header and rows have in common. */
export const ROW_CLASSES = 'grid h-7 items-center gap-x-5 px-4';

export interface TableRowProps {
  video: VideoSummary | undefined;
  index: number;
  selected: boolean;
  active: boolean;
  onSelect: (id: number, index: number) => void;
  onOpen: (id: number) => void;
}

/** One video of the table; an empty row while it is loaded. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { video, index, selected, active, onSelect, onOpen } = props;
  if (!video) return <div aria-hidden className="h-7" />;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all rows
    <div
      role="row"
      id={`video-${video.id}`}
      data-testid="video-row"
      data-video-id={video.id}
      aria-label={video.name}
      aria-rowindex={index + 2}
      aria-selected={selected}
      onClick={() => onSelect(video.id, index)}
      onDoubleClick={() => onOpen(video.id)}
      className={classes(
        ROW_CLASSES,
        selected ? 'bg-accent/20 hover:bg-accent/25' : 'hover:bg-surface-1',
        video.state !== 'ok' && 'text-muted',
        active &&
          'group-focus-visible/list:outline-2 group-focus-visible/list:-outline-offset-2 group-focus-visible/list:outline-accent',
      )}
      style={{ gridTemplateColumns: COLUMN_TRACKS }}
    >
      {COLUMNS.map((column) => (
        <Cell key={column.id} column={column} video={video} selected={selected} />
      ))}
    </div>
  );
});

function Cell({
  column,
  video,
  selected,
}: {
  column: Column;
  video: VideoSummary;
  selected: boolean;
}) {
  if (column.id === 'name') {
    const reason = video.problem && describeProblem(video.problem.code).reason;
    return (
      <span role="gridcell" className="flex min-w-0 items-center gap-2">
        <Thumbnail video={video} />
        <StateIcon state={video.state} className="text-muted" />
        <MiddleTruncated text={video.name} />
        {reason && (
          <span title={reason} className="min-w-12 flex-1 basis-0 truncate text-small text-muted">
            {reason}
          </span>
        )}
      </span>
    );
  }
  const text = column.text(video);
  return (
    <span
      role="gridcell"
      title={column.id === 'folder' ? text : undefined}
      className={classes(
        'truncate text-small',
        selected ? 'text-text' : 'text-muted',
        column.numeric && 'text-right tabular-nums',
      )}
    >
      {text}
    </span>
  );
}

function Thumbnail({ video }: { video: VideoSummary }) {
  return (
    <span
      aria-hidden
      className="relative aspect-video h-5.5 shrink-0 overflow-hidden rounded-[2px] bg-surface-1"
    >
      <VideoPicture key={video.id} video={video} />
    </span>
  );
}
