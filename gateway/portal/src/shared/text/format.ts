const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function count(value: number): string {
  return whole.format(value);
}

/** How many there are of a list, or more than how many were counted. */
export function totalOf({ value, exact }: { value: number; exact: boolean }): string {
  return `${exact ? '' : 'more than '}${count(value)}`;
}

/** Constants whose words are not theirs with spaces. */
const names: Record<string, string> = {
  FINE_TUNING: 'Fine-tuning',
  RAG: 'Retrieval',
};

const acronyms = /\b(ip|ipv4|ipv6|iban|url|csv|ok)\b/g;

/** What people read for an enum's constant: ROLLED_BACK → Rolled back, IP_ADDRESS → IP address, RAG → Retrieval. */
export function words(constant: string): string {
  if (Object.hasOwn(names, constant)) return names[constant] as string;
  const text = constant
    .replaceAll('_', ' ')
    .toLowerCase()
    .replace(acronyms, (acronym) => acronym.toUpperCase());
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The same within a sentence: FINE_TUNING → fine-tuning, but IP_ADDRESS → IP address. */
export function inSentence(constant: string): string {
  return words(constant).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

/** Enough of a digest to distinguish two at a glance. */
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

/** 12.3 ms, 1.25 s. */
export function duration(millis: number): string {
  return millis < 1_000 ? `${millis.toFixed(millis < 10 ? 2 : 1)} ms` : `${(millis / 1_000).toFixed(2)} s`;
}
