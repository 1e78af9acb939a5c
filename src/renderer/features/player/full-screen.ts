/**
 * The whole page goes to full screen, not the player alone: menus and messages lie beside it in the page and would not
 * be seen.
 */
export async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // Some window systems refuse it; the player goes on as it is.
  }
}

/** @returns whether there was a full screen to leave */
export function leaveFullScreen(): boolean {
  if (!document.fullscreenElement) return false;
  void toggleFullScreen();
  return true;
}
