import type { PhaseName } from './applications';
import type { Variant } from './serving';

/** The phase in which a variant belongs by what it is made of: a model of the registry is tuned, an index retrieves. */
export function phaseOf(variant: Variant | undefined): PhaseName {
  if (variant === undefined) return 'PROMPT';
  if (/^[^/]+@\d+$/.test(variant.model)) return 'FINE_TUNING';
  return variant.indexDigest == null ? 'PROMPT' : 'RETRIEVAL';
}
