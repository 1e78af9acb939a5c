import { on } from 'node:events';
import { VitrineError } from '../../shared/errors';
import type { HeaderFacts } from '../../shared/library-protocol';
import { orNull } from './abortable';
import { HEADER_LIMIT_MS, type HeaderReader } from './header-facts';
import type { FromHeaderThread } from './header-thread';
import { endThread, SpareThread } from './spare-thread';

/** A thread that tells nothing for so long is left behind: each of its files may take no longer than the half. */
const SILENCE_LIMIT_MS = 2 * HEADER_LIMIT_MS;

/**
 * Reads headers in threads of their own. One that hangs in a call to the drive is left behind, and ends when the drive
 * answers; nothing is known of the files that it has not told of.
 * @param entry the built entry `header-thread`
 */
export function threadedHeaders(
  entry: string | URL,
  silenceLimitMs = SILENCE_LIMIT_MS,
): HeaderReader {
  const threads = new SpareThread(entry, 'headers');
  return async (request, signal) => {
    const facts: (HeaderFacts | null)[] = [];
    const { tasks } = request;
    if (tasks.length === 0) return facts;
    signal.throwIfAborted();
    const worker = threads.take();
    const messages = on(worker, 'message', { signal, close: ['exit'] });
    try {
      worker.postMessage(request);
      while (facts.length < tasks.length) {
        const next = await orNull(messages.next(), silenceLimitMs);
        if (!next) break;
        if (next.done) {
          throw new VitrineError('WORKER_CRASHED', 'The reading of headers ended early.');
        }
        const [told] = next.value as [FromHeaderThread];
        facts.push(...told);
      }
    } catch (thrown) {
      endThread(worker);
      signal.throwIfAborted();
      throw thrown;
    } finally {
      void messages.return?.();
    }
    if (facts.length === tasks.length) threads.giveBack(worker);
    else endThread(worker);
    return tasks.map((_, position) => facts[position] ?? null);
  };
}
