import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { MENU_CONTENT, MENU_ITEM, MENU_LABEL } from '../../ui/menu';
import { focusPlayer } from './focus-player';

export interface PlayerMenuOption {
  value: string;
  label: string;
  /** Fainter, at the right edge. */
  detail?: string;
  disabled?: boolean;
}

/** A button of the controls that opens a choice of one. */
export function PlayerMenu({
  label,
  children,
  options,
  value,
  onChoose,
  onOpenChange,
}: {
  /** Accessible name, and heading of the menu. */
  label: string;
  children: ReactNode;
  options: readonly PlayerMenuOption[];
  value: string;
  onChoose: (value: string) => void;
  onOpenChange: (open: boolean) => void;
}) {
  const trigger = useRef<HTMLButtonElement>(null);
  const byPointer = useRef(false);
  return (
    <DropdownMenu.Root modal={false} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger
        ref={trigger}
        onPointerDown={() => {
          byPointer.current = true;
        }}
        onKeyDown={() => {
          byPointer.current = false;
        }}
        aria-label={label}
        title={label}
        className="inline-flex h-7 min-w-7 items-center justify-center rounded-panel px-1.5 text-muted tabular-nums transition hover:bg-surface-2 hover:text-text data-[state=open]:bg-surface-2 data-[state=open]:text-text"
      >
        {children}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={`${MENU_CONTENT} on-picture max-h-[60vh] max-w-105 overflow-y-auto text-text`}
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            if (!byPointer.current) return;
            // Space is to pause again, not to open the menu once more.
            event.preventDefault();
            focusPlayer(trigger.current);
          }}
        >
          <DropdownMenu.Label className={MENU_LABEL}>{label}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={value} onValueChange={onChoose}>
            {options.map((option) => (
              <DropdownMenu.RadioItem
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className={`${MENU_ITEM} pl-8`}
              >
                <DropdownMenu.ItemIndicator className="absolute left-2 flex">
                  <Check aria-hidden />
                </DropdownMenu.ItemIndicator>
                <span className="truncate" title={option.label}>
                  {option.label}
                </span>
                {option.detail && (
                  <span className="ml-auto pl-6 text-small whitespace-nowrap text-muted">
                    {option.detail}
                  </span>
                )}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
