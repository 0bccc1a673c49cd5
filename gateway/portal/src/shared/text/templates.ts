const token = /\{\{\{?[^{}]*\}?\}\}|\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;

/**
 * Splits a text into words, blanks and punctuation. A template variable is one token, so that a diff never splits it.
 */
export function tokensOf(text: string): string[] {
  return text.match(token) ?? [];
}

export function isVariable(text: string): boolean {
  return text.startsWith('{{') && text.endsWith('}}');
}

/** Returns the names of a template's partials, in order of first appearance. */
export function partialsIn(text: string): string[] {
  const names = tokensOf(text)
    .filter(isVariable)
    .map((found) => /^\{\{>\s*(.*?)\s*\}\}$/.exec(found)?.[1])
    .filter((name) => name !== undefined && name !== '');
  return [...new Set(names as string[])];
}

/**
 * Returns the names of a template's variables, in order of first appearance. Sections count; partials and comments do
 * not.
 */
export function variablesIn(text: string): string[] {
  const names = tokensOf(text)
    .filter(isVariable)
    .map((found) => found.replaceAll(/[{}]/g, '').trim())
    .filter((name) => !name.startsWith('!') && !name.startsWith('/') && !name.startsWith('>'))
    .map((name) => name.replace(/^[#^&]\s*/, ''));
  return [...new Set(names)].filter((name) => name !== '' && name !== '.');
}
