import { useCallback, useEffect, useRef, useState } from 'react';
import type { Suggestion } from '../../../shared/query/completion';
import { useServices } from '../../services';

/** How long typing may rest before it is asked what is meant, in milliseconds. */
const DELAY_MS = 60;

interface Suggestions {
  shown: readonly Suggestion[];
  /** Which of them the keyboard is at; null: still in the text. */
  active: number | null;
  /** Asks what may be meant at the cursor. */
  ask: (text: string, cursor: number) => void;
  /** Moves the keyboard up or down; answers whether there was somewhere to go. */
  move: (step: 1 | -1) => boolean;
  close: () => void;
}

/** What may be meant by what is being typed. */
export function useSuggestions(): Suggestions {
  const { api, store } = useServices();
  const [shown, setShown] = useState<readonly Suggestion[]>([]);
  const [active, setActive] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(0);

  const close = useCallback(() => {
    clearTimeout(timer.current);
    asked.current += 1;
    setShown([]);
    setActive(null);
  }, []);

  const ask = useCallback(
    (text: string, cursor: number) => {
      clearTimeout(timer.current);
      asked.current += 1;
      const number = asked.current;
      timer.current = setTimeout(() => {
        const { place } = store.getState();
        const scope = place.type === 'videos' ? { scope: place.scope } : {};
        api.query.complete({ text, cursor, ...scope }).then(
          ({ suggestions }) => {
            if (number !== asked.current) return;
            setShown(suggestions);
            setActive(null);
          },
          // Nobody waits for them: what is typed is searched for all the same.
          () => undefined,
        );
      }, DELAY_MS);
    },
    [api, store],
  );

  useEffect(() => close, [close]);

  const move = (step: 1 | -1): boolean => {
    if (shown.length === 0) return false;
    const next = active === null ? (step === 1 ? 0 : shown.length - 1) : active + step;
    setActive(next < 0 || next >= shown.length ? null : next);
    return true;
  };

  return { shown, active, ask, move, close };
}
