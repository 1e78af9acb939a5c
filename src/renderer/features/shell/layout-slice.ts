import type { StateCreator } from 'zustand';

/** Widths of the side panes in CSS pixels. */
export const SIDEBAR_WIDTH = { min: 180, standard: 232, max: 360 } as const;
export const INSPECTOR_WIDTH = { min: 260, standard: 320, max: 480 } as const;

/** Below this window width the inspector lies over the videos instead of beside them, and starts closed. */
export const NARROW_BELOW = 1080;

export interface LayoutSlice {
  sidebarOpen: boolean;
  sidebarWidth: number;
  /** The person's wish for windows with room for it. */
  inspectorOpen: boolean;
  inspectorWidth: number;
  narrow: boolean;
  /** Whether it is shown over the videos in a narrow window; not remembered. */
  inspectorOverlayOpen: boolean;
  trayExpanded: boolean;
  toggleSidebar: () => void;
  setSidebarWidth: (width: number) => void;
  toggleInspector: () => void;
  setInspectorShown: (shown: boolean) => void;
  setInspectorWidth: (width: number) => void;
  setNarrow: (narrow: boolean) => void;
  setTrayExpanded: (expanded: boolean) => void;
}

export const createLayoutSlice: StateCreator<LayoutSlice> = (set, get) => ({
  sidebarOpen: true,
  sidebarWidth: SIDEBAR_WIDTH.standard,
  inspectorOpen: true,
  inspectorWidth: INSPECTOR_WIDTH.standard,
  narrow: false,
  inspectorOverlayOpen: false,
  trayExpanded: false,
  toggleSidebar: () => set((state) => ({ sidebarOpen: !state.sidebarOpen })),
  setSidebarWidth: (width) => set({ sidebarWidth: clamp(width, SIDEBAR_WIDTH) }),
  toggleInspector: () => get().setInspectorShown(!isInspectorShown(get())),
  setInspectorShown: (shown) =>
    set(get().narrow ? { inspectorOverlayOpen: shown } : { inspectorOpen: shown }),
  setInspectorWidth: (width) => set({ inspectorWidth: clamp(width, INSPECTOR_WIDTH) }),
  setNarrow: (narrow) => set({ narrow, inspectorOverlayOpen: false }),
  setTrayExpanded: (trayExpanded) => set({ trayExpanded }),
});

export function isInspectorShown(
  state: Pick<LayoutSlice, 'narrow' | 'inspectorOpen' | 'inspectorOverlayOpen'>,
): boolean {
  return state.narrow ? state.inspectorOverlayOpen : state.inspectorOpen;
}

function clamp(width: number, range: { min: number; max: number }): number {
  return Math.min(range.max, Math.max(range.min, Math.round(width)));
}
