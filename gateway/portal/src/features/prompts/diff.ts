import { isVariable, tokensOf } from './tokens';

export interface Part {
  text: string;
  changed: boolean;
  variable: boolean;
}

export interface Side {
  line: number;
  parts: Part[];
}

/** One line of a side-by-side comparison; a side is absent where a line was added or removed. */
export interface Row {
  changed: boolean;
  left?: Side;
  right?: Side;
}

type Step = 'same' | 'removed' | 'added';

/** Beyond this many cells two texts count as wholly different, rather than holding up the page. */
const mostCells = 4_000_000;

/** Compares line by line, and inside changed lines token by token. */
export function diff(from: string, to: string): Row[] {
  const before = from.split('\n');
  const after = to.split('\n');
  const rows: Row[] = [];
  let left = 0;
  let right = 0;
  let removed: number[] = [];
  let added: number[] = [];

  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at++) {
      rows.push(changedRow(before, after, removed[at], added[at]));
    }
    removed = [];
    added = [];
  };

  for (const step of steps(before, after)) {
    if (step === 'removed') removed.push(left++);
    else if (step === 'added') added.push(right++);
    else {
      flush();
      const parts = plain(before[left] ?? '', false);
      rows.push({ changed: false, left: { line: ++left, parts }, right: { line: ++right, parts } });
    }
  }
  flush();
  return rows;
}

function changedRow(before: string[], after: string[], left: number | undefined, right: number | undefined): Row {
  if (left === undefined || right === undefined) {
    return {
      changed: true,
      left: left === undefined ? undefined : { line: left + 1, parts: plain(before[left] ?? '', true) },
      right: right === undefined ? undefined : { line: right + 1, parts: plain(after[right] ?? '', true) },
    };
  }
  const from = tokensOf(before[left] ?? '');
  const to = tokensOf(after[right] ?? '');
  const leftParts: Part[] = [];
  const rightParts: Part[] = [];
  let a = 0;
  let b = 0;
  for (const step of steps(from, to)) {
    if (step !== 'added') add(leftParts, from[a++] ?? '', step === 'removed');
    if (step !== 'removed') add(rightParts, to[b++] ?? '', step === 'added');
  }
  return { changed: true, left: { line: left + 1, parts: leftParts }, right: { line: right + 1, parts: rightParts } };
}

function plain(text: string, changed: boolean): Part[] {
  const parts: Part[] = [];
  for (const token of tokensOf(text)) add(parts, token, changed);
  return parts;
}

/** Joins neighbours of one kind; a variable stays a part of its own. */
function add(parts: Part[], text: string, changed: boolean): void {
  const variable = isVariable(text);
  const last = parts.at(-1);
  if (last && !variable && !last.variable && last.changed === changed) last.text += text;
  else parts.push({ text, changed, variable });
}

/** The edit script by longest common subsequence, common head and tail set aside first. */
function steps(from: string[], to: string[]): Step[] {
  let head = 0;
  while (head < from.length && head < to.length && from[head] === to[head]) head++;
  let tail = 0;
  while (
    tail < from.length - head &&
    tail < to.length - head &&
    from[from.length - 1 - tail] === to[to.length - 1 - tail]
  )
    tail++;
  const middle = between(from.slice(head, from.length - tail), to.slice(head, to.length - tail));
  return [...repeat('same', head), ...middle, ...repeat('same', tail)];
}

function between(from: string[], to: string[]): Step[] {
  const wide = to.length + 1;
  if ((from.length + 1) * wide > mostCells) return [...repeat('removed', from.length), ...repeat('added', to.length)];
  const longest = new Uint32Array((from.length + 1) * wide);
  const at = (a: number, b: number) => longest[a * wide + b] ?? 0;
  for (let a = from.length - 1; a >= 0; a--) {
    for (let b = to.length - 1; b >= 0; b--) {
      longest[a * wide + b] = from[a] === to[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  }
  const script: Step[] = [];
  let a = 0;
  let b = 0;
  while (a < from.length || b < to.length) {
    if (a < from.length && b < to.length && from[a] === to[b]) {
      script.push('same');
      a++;
      b++;
    } else if (a < from.length && (b === to.length || at(a + 1, b) >= at(a, b + 1))) {
      script.push('removed');
      a++;
    } else {
      script.push('added');
      b++;
    }
  }
  return script;
}

function repeat(step: Step, times: number): Step[] {
  return Array.from({ length: times }, () => step);
}

export interface Change {
  pointer: string;
  from?: string;
  to?: string;
}

/** What differs between two documents, leaf by leaf, by JSON pointer. */
export function changes(from: unknown, to: unknown): Change[] {
  const before = leaves(from);
  const after = leaves(to);
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((pointer) => ({ pointer, from: before.get(pointer), to: after.get(pointer) }))
    .filter((change) => change.from !== change.to);
}

function leaves(value: unknown, pointer = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    for (const [key, child] of Object.entries(value))
      leaves(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, found);
  } else if (value !== undefined && value !== null) {
    found.set(pointer, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return found;
}
