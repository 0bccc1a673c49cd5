/** Stores text in the tab's session storage, so that it survives a new sign-in or a reload. */
export function keepDraft(key: string, json: string): void {
  sessionStorage.setItem(nameOf(key), json);
}

export function forgetDraft(key: string): void {
  sessionStorage.removeItem(nameOf(key));
}

export function readDraft<T>(key: string): Partial<T> | undefined {
  const text = sessionStorage.getItem(nameOf(key));
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Partial<T>;
  } catch {
    forgetDraft(key);
    return undefined;
  }
}

function nameOf(key: string): string {
  return `plumbline.draft.${key}`;
}
