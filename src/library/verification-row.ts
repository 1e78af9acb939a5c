import { z } from 'zod';
import { damageSchema, type Verification } from '../shared/media';

/** A verification as it is selected with {@link VERIFICATION_COLUMNS}. */
export interface VerificationRow {
  verifiedAtMs: number;
  outcome: Verification['outcome'];
  damage: string;
  damageCount: number;
  unchecked: string | null;
}

/** Of the table `c` (verifications). */
export const VERIFICATION_COLUMNS = `c.verified_at AS verifiedAtMs, c.outcome, c.damage,
  c.damage_count AS damageCount, c.unchecked`;

/** On tables `v` and `c`: the verification is of the version of the file that the library knows. */
export const VERIFICATION_IS_CURRENT = 'c.size_bytes = v.size_bytes AND c.mtime_ms = v.mtime_ms';

/** The verification as others see it. */
export function verificationOf(row: VerificationRow): Verification {
  const { verifiedAtMs, outcome, damage, damageCount, unchecked } = row;
  return {
    ...{ verifiedAtMs, outcome, damageCount },
    damage: z.array(damageSchema).parse(JSON.parse(damage)),
    ...(unchecked !== null && { unchecked: z.array(z.string()).parse(JSON.parse(unchecked)) }),
  };
}
