import { ClipboardCopy, EyeOff, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { countOf } from '../../format/number';
import { useServices } from '../../services';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import {
  copyProblemReport,
  dismissProblems,
  type ProblemSelection,
  retryProblems,
} from './problem-actions';

/** What can be done with the ticked problems, or with all of them while none is ticked. */
export function ProblemTools({
  checked,
  count,
  onDone,
}: {
  checked: readonly number[];
  /** How many there are. */
  count: number;
  /** What was ticked has been dealt with. */
  onDone: () => void;
}) {
  const services = useServices();
  const [asking, setAsking] = useState(false);
  const isAll = checked.length === 0;
  const selection: ProblemSelection = isAll ? { all: true } : { ids: [...checked] };
  const dismiss = () => void dismissProblems(services, selection).then(onDone);
  return (
    <div className="no-drag flex shrink-0 items-center">
      <Button emphasis="quiet" onClick={() => void retryProblems(services, selection).then(onDone)}>
        <RotateCcw aria-hidden />
        {isAll ? 'Read all again' : 'Read again'}
      </Button>
      <Button emphasis="quiet" onClick={() => void copyProblemReport(services, selection)}>
        <ClipboardCopy aria-hidden />
        Copy report
      </Button>
      <Button emphasis="quiet" onClick={() => (isAll ? setAsking(true) : dismiss())}>
        <EyeOff aria-hidden />
        {isAll ? 'Dismiss all…' : 'Dismiss'}
      </Button>
      <ConfirmDialog
        open={asking}
        title={`Dismiss ${count === 1 ? 'this problem' : `all ${countOf(count, 'problem')}`}?`}
        confirm="Dismiss all"
        emphasis="primary"
        onConfirm={dismiss}
        onClose={() => setAsking(false)}
      >
        <p>
          They are taken out of this list until their files change. The files are not touched, and
          stay in the library as videos that cannot be read.
        </p>
      </ConfirmDialog>
    </div>
  );
}
