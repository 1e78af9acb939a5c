import { constants } from 'node:os';
import type { ChildGuard } from '../children/child-guard';
import type { ToolLimits } from '../children/supervise';

/** How the children of one preview are started. */
export interface PreviewTool {
  ffmpegPath: string;
  limits: ToolLimits;
  guard: ChildGuard;
  signal: AbortSignal;
}

/** Nobody waits for a preview: probes and the rest of the machine come first. */
export const PREVIEW_PRIORITY = constants.priority.PRIORITY_LOW;
