import { useEffect, useState } from 'react';

/**
 * State that outlives the page: kept in the tab's session storage on every change, so that text survives a new sign-in or a
 * reload, and forgotten once the work is done.
 */
export function useDraft<T>(
  key: string,
  initial: T,
): { value: T; change: (next: T) => void; restored: boolean; forget: () => void } {
  const name = nameOf(key);
  const [stored] = useState(() => read<T>(name));
  const [value, change] = useState<T>(stored ?? initial);
  const [touched, touch] = useState(false);

  useEffect(() => {
    if (touched) sessionStorage.setItem(name, JSON.stringify(value));
  }, [name, touched, value]);

  return {
    value,
    restored: stored !== undefined && !touched,
    change: (next) => {
      touch(true);
      change(next);
    },
    forget: () => {
      touch(false);
      change(initial);
      forgetDraft(key);
    },
  };
}

/** Forgets what is kept and leaves what is shown, for a form that is about to go. */
export function forgetDraft(key: string): void {
  sessionStorage.removeItem(nameOf(key));
}

function nameOf(key: string): string {
  return `plumbline.draft.${key}`;
}

function read<T>(name: string): T | undefined {
  const text = sessionStorage.getItem(name);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    sessionStorage.removeItem(name);
    return undefined;
  }
}
