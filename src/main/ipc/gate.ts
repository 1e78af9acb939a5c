import type { IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { type Channel, contract, type Request, type Response } from '../../shared/contract';
import { type Result, toErrorShape, VitrineError } from '../../shared/errors';

/** One function per channel of the contract. */
export type ContractHandlers = {
  [C in Channel]: (request: Request<C>) => Response<C> | Promise<Response<C>>;
};

/** The part of Electron's event that says who sent a message. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>;

/** Origin of our own pages. */
export const PAGE_ORIGIN = 'app://vitrine';

/**
 * Whether a message comes from the top frame of one of our windows while it shows our own page. Comparing
 * `webContents` alone would let an iframe pass.
 */
export function isTrustedSender(
  { senderFrame, sender }: Sender,
  ownWindows: ReadonlySet<number>,
): boolean {
  if (!senderFrame || !ownWindows.has(sender.id)) return false;
  return senderFrame === sender.mainFrame && senderFrame.url.startsWith(`${PAGE_ORIGIN}/`);
}

/** @throws VitrineError `INVALID_REQUEST` with the first thing that is wrong */
export function parseRequest<T>(schema: z.ZodType<T>, payload: unknown, channel: string): T {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') || 'request';
  throw new VitrineError('INVALID_REQUEST', `${channel}: ${place}: ${issue?.message ?? 'invalid'}`);
}

export interface GateOptions {
  isTrusted(sender: Sender): boolean;
  handlers: ContractHandlers;
  /** Checks answers against the contract too: for tests, since it costs time for every row. */
  checkResponses: boolean;
}

/** Every request of the page passes here: sender, request schema, handler, and errors as values. */
export function createGate({ isTrusted, handlers, checkResponses }: GateOptions) {
  return async function pass(
    channel: Channel,
    sender: Sender,
    payload: unknown,
  ): Promise<Result<unknown>> {
    try {
      if (!isTrusted(sender)) {
        console.error(
          `Refused ${channel} from ${sender.senderFrame?.url ?? 'a frame that is gone'}`,
        );
        throw new VitrineError('FORBIDDEN_SENDER', `${channel} may not be called from here.`);
      }
      const { request, response } = contract[channel];
      const handler = handlers[channel] as (request: unknown) => unknown;
      const value = await handler(parseRequest(request as z.ZodType, payload, channel));
      if (checkResponses) response.parse(value);
      return { ok: true, value };
    } catch (thrown) {
      return { ok: false, error: toErrorShape(thrown) };
    }
  };
}
