import type { VitrineBridge } from '../shared/contract';
import { type Result, VitrineError } from '../shared/errors';

/** The bridge with results unwrapped: a method resolves to its value or rejects with a {@link VitrineError}. */
export type Api = {
  [Space in keyof VitrineBridge]: {
    [Name in keyof VitrineBridge[Space]]: VitrineBridge[Space][Name] extends (
      argument: infer Argument,
    ) => Promise<Result<infer Value>>
      ? (argument: Argument) => Promise<Value>
      : VitrineBridge[Space][Name];
  };
};

type BridgeFunction = (argument: unknown) => unknown;

/** Derives the client from whatever the bridge exposes: no channel name is written a second time. */
export function createApi(bridge: VitrineBridge): Api {
  const wrapSpace = (space: object) =>
    Object.fromEntries(
      Object.entries(space as Record<string, BridgeFunction>).map(([name, call]) => [
        name,
        (argument: unknown) => unwrap(call(argument)),
      ]),
    );
  return Object.fromEntries(
    Object.entries(bridge).map(([name, space]) => [name, wrapSpace(space)]),
  ) as unknown as Api;
}

/** Methods answer with a promise of a result; subscriptions with their unsubscribe function, passed as it is. */
function unwrap(answer: unknown): unknown {
  if (!(answer instanceof Promise)) return answer;
  return answer.then((result: Result<unknown>) => {
    if (result.ok) return result.value;
    throw VitrineError.fromShape(result.error);
  });
}
