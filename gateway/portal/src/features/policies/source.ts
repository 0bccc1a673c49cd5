/** A rule of a policy. */
export interface Rule {
  name: string;
  expression: string;
  message: string;
}

/** A range within a text. */
export interface Place {
  line: number;
  start: number;
  end: number;
}

/** Returns the rules of a source; undefined for a text that is not a list of rules. */
export function rulesOf(source: string): Rule[] | undefined {
  try {
    const rules: unknown = JSON.parse(source);
    return Array.isArray(rules) && rules.every(isRule) ? rules : undefined;
  } catch {
    return undefined;
  }
}

function isRule(value: unknown): value is Rule {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['name', 'expression', 'message'].every((field) => typeof (value as Record<string, unknown>)[field] === 'string')
  );
}

const tokens = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g;

/** Returns the place of a pointer such as /2/expression in a source: the value, or the rule when it lacks the value. */
export function placeOf(source: string, pointer: string): Place | undefined {
  const [, index, field] = pointer.split('/');
  if (index === undefined) return undefined;
  const found = [...source.matchAll(tokens)];
  let depth = 0;
  let rule = 0;
  let begin: Place | undefined;
  for (const [at, token] of found.entries()) {
    const [text] = token;
    if (text === '}' || text === ']') depth -= 1;
    if (depth === 1 && text === ',') rule += 1;
    if (rule === Number(index)) {
      if (depth === 1 && text === '{') begin = place(source, token);
      const value = found[at + 2];
      if (depth === 2 && text === JSON.stringify(field) && found[at + 1]?.[0] === ':' && value)
        return place(source, value);
    }
    if (text === '{' || text === '[') depth += 1;
  }
  return begin;
}

function place(source: string, { 0: text, index: start }: RegExpExecArray): Place {
  return { line: source.slice(0, start).split('\n').length, start, end: start + text.length };
}
