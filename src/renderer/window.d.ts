import type { VitrineBridge } from '../shared/contract';

declare global {
  interface Window {
    /** Exposed by the preload; the page's only way to the rest of the app. */
    readonly vitrine: VitrineBridge;
  }
}
