import type { Allowance } from './composition';

/** The settings that a variant may leave to its callers, with their meanings. */
export const allowances: { value: Allowance; label: string }[] = [
  { value: 'system-messages', label: 'System messages: instructions beside those of the prompt' },
  { value: 'tools', label: 'Tools: definitions, calls and results of the caller’s own tools' },
  { value: 'images', label: 'Images: inside a message; addresses are never fetched' },
  { value: 'extensions', label: 'Extensions: fields that only some providers take, such as top_k' },
  { value: 'temperature', label: 'Temperature: how much answers vary' },
  { value: 'top_p', label: 'Top p: how unlikely a word may be' },
  { value: 'seed', label: 'Seed: which of the possible answers' },
  { value: 'stop', label: 'Stop: texts that end the answer' },
  { value: 'frequency_penalty', label: 'Frequency penalty: against repeated words' },
  { value: 'presence_penalty', label: 'Presence penalty: against repeated topics' },
  { value: 'n', label: 'Choices: several answers at once, each charged' },
  { value: 'response_format', label: 'Response format: a different one from the prompt’s' },
  { value: 'logit_bias', label: 'Logit bias: words to prefer or avoid' },
  { value: 'reasoning_effort', label: 'Reasoning effort: how long a model thinks, and what that costs' },
  { value: 'max_tokens', label: 'Longer answers than the variant’s own limit; shorter ones are always allowed' },
];

/** Returns a description such as: Callers may decide: images, tools. */
export function policyWords(allowed: readonly Allowance[]): string {
  return allowed.length === 0 ? '' : `Callers may decide: ${allowed.join(', ')}`;
}
