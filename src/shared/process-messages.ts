/**
 * Messages on a utility process's own port that come before and beside RPC.
 * The ports themselves travel as transferred objects of the message.
 */
export type ToUtilityProcess =
  /** First message; port 0 is the RPC connection with main. */
  | { type: 'connect' }
  /** Port 0 is the direct connection between library and media process. */
  | { type: 'peer' };

export type FromUtilityProcess = { type: 'ready' };
