import { Check, FolderOpen } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { isLive, JOB_PRIORITIES, type JobPriority } from '../../../shared/job';
import { useApp, useServices } from '../../services';
import { MENU_CONTENT, MENU_ITEM, MENU_LABEL, MENU_SEPARATOR, MENU_SHORTCUT } from '../../ui/menu';
import { findRoot } from '../shell/library-slice';
import { JOB_ACTIONS, runJobAction, setJobPriority, useActions } from './job-actions';
import { PRIORITY_WORDS } from './job-words';
import type { JobHead } from './jobs-slice';

/** The parts that the dropdown and the context menu have in common. */
type MenuParts = Pick<
  typeof DropdownMenu,
  'Item' | 'ItemIndicator' | 'Label' | 'RadioGroup' | 'RadioItem' | 'Separator'
>;

/** What can be done with a job, for its context menu and its menu button alike. */
export function JobMenuItems({ menu: Menu, job }: { menu: MenuParts; job: JobHead }) {
  const services = useServices();
  const openPlace = useApp((state) => state.openPlace);
  const rootId = useShownRoot(job);
  const actions = useActions(job);
  return (
    <>
      {actions.map((action) => {
        const { label, icon: Icon, keyLabel } = JOB_ACTIONS[action];
        return (
          <Menu.Item
            key={action}
            className={MENU_ITEM}
            onSelect={() => runJobAction(services, job, action)}
          >
            <Icon aria-hidden />
            {label}
            <span className={MENU_SHORTCUT}>{keyLabel}</span>
          </Menu.Item>
        );
      })}
      {isLive(job.state) && <PriorityItems menu={Menu} job={job} />}
      {rootId !== null && (
        <>
          {actions.length > 0 && <Menu.Separator className={MENU_SEPARATOR} />}
          <Menu.Item
            className={MENU_ITEM}
            onSelect={() => openPlace({ type: 'videos', scope: { type: 'root', rootId } })}
          >
            <FolderOpen aria-hidden />
            Show folder
          </Menu.Item>
        </>
      )}
    </>
  );
}

/** The job's folder, if it is still in the library. */
function useShownRoot({ rootId }: JobHead): number | null {
  return useApp((state) => (rootId !== null && findRoot(state.summary, rootId) ? rootId : null));
}

/** Whether there is anything on the job's menu. */
export function useHasMenu(job: JobHead): boolean {
  const actions = useActions(job);
  return useShownRoot(job) !== null || actions.length > 0;
}

function PriorityItems({ menu: Menu, job }: { menu: MenuParts; job: JobHead }) {
  const services = useServices();
  return (
    <>
      <Menu.Separator className={MENU_SEPARATOR} />
      <Menu.Label className={MENU_LABEL}>Priority</Menu.Label>
      <Menu.RadioGroup
        value={job.priority}
        onValueChange={(value) => setJobPriority(services, job, value as JobPriority)}
      >
        {[...JOB_PRIORITIES].reverse().map((priority) => (
          <Menu.RadioItem key={priority} value={priority} className={`${MENU_ITEM} pl-8`}>
            <Menu.ItemIndicator className="absolute left-2 flex">
              <Check aria-hidden />
            </Menu.ItemIndicator>
            {PRIORITY_WORDS[priority]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

/** A button that opens the job's menu. */
export function JobMenuButton({ job, children }: { job: JobHead; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={MENU_CONTENT}
          align="end"
          sideOffset={4}
          collisionPadding={8}
        >
          <JobMenuItems menu={DropdownMenu} job={job} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
