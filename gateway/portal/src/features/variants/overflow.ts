import type { Overflow } from './composition';

/** The ways to handle a call that exceeds the model's context window. */
export const overflows: { value: Overflow; label: string }[] = [
  { value: 'REFUSE', label: 'Refuse the call' },
  { value: 'TRIM_HISTORY', label: 'Drop the oldest turns of the conversation' },
];

/** Describes the handling unless it is the default. */
export function overflowWords(overflow: Overflow): string {
  return overflow === 'TRIM_HISTORY' ? 'Calls that are too long: the oldest turns are dropped' : '';
}
