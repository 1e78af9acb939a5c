/** Classes that all dialogs share. */
export const DIALOG_OVERLAY = 'fixed inset-0 z-40 animate-appear bg-pill';

export const DIALOG_CONTENT =
  'floating fixed top-1/2 left-1/2 z-50 w-105 max-w-[90vw] -translate-x-1/2 -translate-y-1/2 animate-appear p-5';
