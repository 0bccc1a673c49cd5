import { useState } from 'react';

/** A key that stays for the same body, so that a repeated click or a retry cannot do the work twice, and changes with it. */
export function useIdempotencyKey(body: unknown): string {
  const text = JSON.stringify(body);
  const [held, hold] = useState(() => ({ text, key: crypto.randomUUID() }));
  if (held.text === text) return held.key;
  const next = { text, key: crypto.randomUUID() };
  hold(next);
  return next.key;
}

/** The header by which a service does a repeated request once. */
export const once = (key: string) => ({ 'Idempotency-Key': key });
