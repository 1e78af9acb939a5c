import type { ScanSinkApi } from '../../shared/library-protocol';
import { abortable } from './abortable';

/** The library's side of a scan: the procedures of {@link ScanSinkApi} as plain asynchronous functions. */
export type ScanSink = {
  [Name in keyof ScanSinkApi['procedures']]: (
    request: ScanSinkApi['procedures'][Name]['request'],
    options?: { signal: AbortSignal },
  ) => Promise<ScanSinkApi['procedures'][Name]['response']>;
};

/** A sink that is not called any more once the signal aborts, and whose calls in flight reject at that moment. */
export function guardSink(sink: ScanSink, signal: AbortSignal): ScanSink {
  const guard =
    <Request, Response>(
      call: (request: Request, options: { signal: AbortSignal }) => Promise<Response>,
    ) =>
    (request: Request) =>
      abortable(signal, () => call(request, { signal }));
  return {
    beginScan: guard(sink.beginScan),
    placeRoot: guard(sink.placeRoot),
    reconcile: guard(sink.reconcile),
    compareListing: guard(sink.compareListing),
    answerChecks: guard(sink.answerChecks),
    finishListing: guard(sink.finishListing),
    takeProbeTasks: guard(sink.takeProbeTasks),
    probeAlone: guard(sink.probeAlone),
    writeProbes: guard(sink.writeProbes),
    finishScan: guard(sink.finishScan),
  };
}
