import { ClipboardCopy, EyeOff, FolderOpen, RotateCcw } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { countOf } from '../../format/number';
import { useServices } from '../../services';
import { showError } from '../../ui/error-toast';
import { MENU_ITEM, MENU_SEPARATOR, MENU_SHORTCUT } from '../../ui/menu';
import { copyProblemReport, dismissProblems, retryProblems } from './problem-actions';

/** What can be done with the problem under the pointer, or with all ticked ones if it is among them. */
export function ProblemMenuItems({
  id,
  targetsOf,
}: {
  id: number;
  targetsOf: (id: number) => readonly number[];
}) {
  const services = useServices();
  // Asked when the menu opens: until then others may be ticked without this row being drawn again.
  const ids = targetsOf(id);
  const selection = { ids: [...ids] };
  const files = ids.length > 1 ? countOf(ids.length, 'file') : null;
  return (
    <>
      <ContextMenu.Item
        className={MENU_ITEM}
        onSelect={() => void retryProblems(services, selection)}
      >
        <RotateCcw aria-hidden />
        {files ? `Read ${files} again` : 'Read again'}
        <span className={MENU_SHORTCUT}>R</span>
      </ContextMenu.Item>
      <ContextMenu.Item
        className={MENU_ITEM}
        onSelect={() => void dismissProblems(services, selection)}
      >
        <EyeOff aria-hidden />
        {files ? `Dismiss ${files}` : 'Dismiss'}
        <span className={MENU_SHORTCUT}>Del</span>
      </ContextMenu.Item>
      <ContextMenu.Item
        className={MENU_ITEM}
        onSelect={() => void copyProblemReport(services, selection)}
      >
        <ClipboardCopy aria-hidden />
        {files ? `Copy report on ${files}` : 'Copy report'}
      </ContextMenu.Item>
      <ContextMenu.Separator className={MENU_SEPARATOR} />
      <ContextMenu.Item
        className={MENU_ITEM}
        onSelect={() => void services.api.videos.reveal({ id }).catch(showError)}
      >
        <FolderOpen aria-hidden />
        Reveal in folder
      </ContextMenu.Item>
    </>
  );
}
