import type { Overflow } from './composition';

/** What happens to a call that the model's context window has no room for. */
export const overflows: { value: Overflow; label: string }[] = [
  { value: 'REFUSE', label: 'Refuse it' },
  { value: 'TRIM_HISTORY', label: 'Drop the oldest turns of the conversation' },
];

/** What is not the default. */
export function overflowWords(overflow: Overflow): string {
  return overflow === 'TRIM_HISTORY' ? 'Too long calls: the oldest turns are dropped' : '';
}
