import { ipcMain, type WebContents } from 'electron';
import { CHANNEL_PREFIX, DROP_CHANNEL } from '../../shared/channels';
import {
  type Channel,
  contract,
  dropRequestSchema,
  type EventName,
  type EventPayload,
} from '../../shared/contract';
import { type Result, toErrorShape, VitrineError } from '../../shared/errors';
import type { FolderGrants } from './folder-grants';
import { createGate, type GateOptions, parseRequest } from './gate';

/** Connects the contract's channels, and the preload's drop channel, to their handlers. */
export function registerIpc(options: GateOptions & { grants: FolderGrants }): void {
  const pass = createGate(options);
  for (const channel of Object.keys(contract) as Channel[]) {
    ipcMain.handle(CHANNEL_PREFIX + channel, (event, payload) => pass(channel, event, payload));
  }
  ipcMain.handle(DROP_CHANNEL, async (event, payload): Promise<Result<{ paths: string[] }>> => {
    try {
      if (!options.isTrusted(event))
        throw new VitrineError('FORBIDDEN_SENDER', 'Drops come from the window only.');
      const { paths } = parseRequest(dropRequestSchema, payload, DROP_CHANNEL);
      return {
        ok: true,
        value: { paths: await Promise.all(paths.map((path) => options.grants.grant(path))) },
      };
    } catch (thrown) {
      return { ok: false, error: toErrorShape(thrown) };
    }
  });
}

/** Sends one of the contract's events to a page. */
export function sendEvent<E extends EventName>(
  page: WebContents,
  event: E,
  payload: EventPayload<E>,
): void {
  if (!page.isDestroyed()) page.send(CHANNEL_PREFIX + event, payload);
}
