// Apart from contract.ts because the preload needs these names, but not the schemas' library.

/** Prefix of every IPC channel name, so that a stray message cannot be taken for one of ours. */
export const CHANNEL_PREFIX = 'vitrine:';

/** Only the preload sends it: paths of dropped folders, resolved by Electron from the page's File objects. */
export const DROP_CHANNEL = 'vitrine-drop';

/** Command-line switch by which main hands the contract's names to the sandboxed preload. */
export const CONTRACT_SWITCH = '--vitrine-contract=';

/** Value of {@link CONTRACT_SWITCH}, as JSON. */
export interface ContractNames {
  channels: string[];
  events: string[];
}
