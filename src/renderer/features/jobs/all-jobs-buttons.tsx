import { useApp, useServices } from '../../services';
import { Button } from '../../ui/button';
import { canRun, JOB_ACTIONS, runOnAll } from './job-actions';

/** Pause and resume every job that it can be done with. */
export function AllJobsButtons() {
  return (
    <>
      <AllJobsButton action="resume" />
      <AllJobsButton action="pause" />
    </>
  );
}

function AllJobsButton({ action }: { action: 'pause' | 'resume' }) {
  const services = useServices();
  const isPossible = useApp((state) => canRun(state, action));
  if (!isPossible) return null;
  const { icon: Icon, label } = JOB_ACTIONS[action];
  return (
    <Button emphasis="quiet" onClick={() => runOnAll(services, action)}>
      <Icon aria-hidden />
      {label} all
    </Button>
  );
}
