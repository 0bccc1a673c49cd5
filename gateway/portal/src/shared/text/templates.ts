const token = /\{\{\{?[^{}]*\}?\}\}|\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;

/** Words, blanks and punctuation; a template variable is one token, so that a diff never cuts through it. */
export function tokensOf(text: string): string[] {
  return text.match(token) ?? [];
}

export function isVariable(text: string): boolean {
  return text.startsWith('{{') && text.endsWith('}}');
}

/**
 * The names that a template asks for, in the order of their first appearance; sections and partials count, comments do
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
