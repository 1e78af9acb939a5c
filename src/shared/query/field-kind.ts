import type { NumberUnits } from './units';

/** How the values of a field are written and compared. */
export type FieldKind =
  /** The text occurs in it. */
  | { type: 'text' }
  /** It is exactly this, but for case and accents. */
  | {
      type: 'choice';
      /** The one spelling of what a person may write otherwise; given in small letters. */
      spelling?: (text: string) => string;
      /** Where nothing else is possible. */
      all?: readonly string[];
    }
  | { type: 'number'; units: NumberUnits }
  | { type: 'date' }
  /** Yes or no. */
  | { type: 'flag' };

export interface Field {
  name: string;
  aliases: readonly string[];
  kind: FieldKind;
  /** Whether a video may have none, so that `none` and `any` can be asked for. */
  isOptional: boolean;
  /** A sentence. */
  about: string;
  /** One or two terms. */
  examples: string;
}
