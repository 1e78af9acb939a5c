/** Takes the keyboard from a control to the player itself, so that its keys steer the video again. */
export function focusPlayer(control: Element | null): void {
  control?.closest<HTMLElement>('[role="dialog"]')?.focus({ preventScroll: true });
}
