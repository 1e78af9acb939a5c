/**
 * The few globals that Node and the DOM have in common and that `shared` uses.
 * `shared` is compiled with neither library, so anything else is a compile error here.
 */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare function setTimeout(callback: () => void, milliseconds: number): unknown;
declare function clearTimeout(handle: unknown): void;

/** Only named in types: the page's dropped files. */
interface File {
  readonly name: string;
}
