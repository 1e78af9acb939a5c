import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** What stands where there is nothing to list: what is so, what it means, and the one next step. */
export function MessagePage({
  icon: Icon,
  title,
  children,
  action,
  testId,
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  testId?: string;
}) {
  return (
    <div
      data-testid={testId}
      className="flex h-full flex-col items-center justify-center p-8 text-center"
    >
      <Icon aria-hidden className="mb-4 size-8! stroke-1! text-faint" />
      <h2 className="text-section font-medium">{title}</h2>
      {children && <div className="mt-1 max-w-md text-pretty text-muted">{children}</div>}
      {action && <div className="mt-5 flex gap-2">{action}</div>}
    </div>
  );
}
