const wholeNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function count(value: number): string {
  return wholeNumber.format(value);
}

const unrounded = new Intl.NumberFormat('en', { maximumFractionDigits: 20 });

/** Formats a number with its own decimals: 0.002, 2,000. */
export function decimal(value: number): string {
  return unrounded.format(value);
}

/** Formats a number with fixed decimals: 1,234.50. */
export function fixed(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Returns the total of a list, or "more than" the counted number. */
export function totalOf({ value, exact }: { value: number; exact: boolean }): string {
  return `${exact ? '' : 'more than '}${count(value)}`;
}

/** The labels for API names that cannot be derived from their words. */
const labels: Record<string, string> = {
  BR_CPF: 'Taxpayer number (Brazil)',
  DE_TAX_ID: 'Tax identification number (Germany)',
  ES_DNI: 'Identity number (Spain)',
  FINE_TUNING: 'Fine-tuning',
  FR_NIR: 'Social security number (France)',
  GITHUB_TOKEN: 'GitHub token',
  HEAD: 'Classification head',
  IPV4: 'IPv4 address',
  IPV6: 'IPv6 address',
  IT_FISCAL_CODE: 'Fiscal code (Italy)',
  RAG: 'Retrieval',
  UK_NINO: 'National insurance number (UK)',
  US_SSN: 'Social security number (US)',
  gemini: 'Google Gemini',
  maxTokens: 'Tokens per row',
  'openai-compatible': 'OpenAI-compatible',
};

const acronyms = /\b(api|aws|csv|iban|ip|json|jwt|mac|ok|url|zip)\b/g;

/**
 * Returns the label of a constant or field of the API: ROLLED_BACK → Rolled back, IP_ADDRESS → IP address, learningRate
 * → Learning rate, RAG → Retrieval.
 */
export function words(name: string): string {
  if (Object.hasOwn(labels, name)) return labels[name] as string;
  const text = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]/g, ' ')
    .toLowerCase()
    .replace(acronyms, (acronym) => acronym.toUpperCase());
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Returns the label for use within a sentence: FINE_TUNING → fine-tuning, but IP_ADDRESS → IP address. */
export function inSentence(name: string): string {
  return words(name).replace(/^[A-Z](?=[a-z]+\b)/, (letter) => letter.toLowerCase());
}

/** Returns enough of a digest to distinguish two at a glance. */
export function short(digest: string): string {
  return digest.length > 12 ? `${digest.slice(0, 8)}…` : digest;
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let rest = value;
  let unit = 0;
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  return `${rest >= 100 || unit === 0 ? rest.toFixed(0) : rest.toFixed(1)} ${units[unit]}`;
}

/** Formats a duration: 12.3 ms, 1.25 s. */
export function duration(millis: number): string {
  return millis < 1_000 ? `${millis.toFixed(millis < 10 ? 2 : 1)} ms` : `${fixed(millis / 1_000, 2)} s`;
}
