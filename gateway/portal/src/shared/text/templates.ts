const token = /\{\{\{?[^{}]*\}?\}\}|\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;

/** Words, blanks and punctuation; a template variable is one token, so that a diff never cuts through it. */
export function tokensOf(text: string): string[] {
  return text.match(token) ?? [];
}

export function isVariable(text: string): boolean {
  return text.startsWith('{{') && text.endsWith('}}');
}

/** The names by which a template includes others, in the order of their first appearance. */
export function partialsIn(text: string): string[] {
  const names = tokensOf(text)
    .filter(isVariable)
    .map((found) => /^\{\{>\s*(.*?)\s*\}\}$/.exec(found)?.[1])
    .filter((name) => name !== undefined && name !== '');
  return [...new Set(names as string[])];
}

/**
 * The names that a template asks for, in the order of their first appearance; sections count, partials and comments do
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
