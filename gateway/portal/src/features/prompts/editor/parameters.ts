import { linesOf } from './property';
import type { Json } from '@/shared/data/promptRendering';
import { parsed, z } from '@/shared/form/schema';
import { sameJson, textsIn } from '@/shared/text/json';

interface Standard {
  kind: 'number' | 'integer' | 'text' | 'lines';
  low?: number;
  high?: number;
  help: string;
}

/** The parameters that have a field of their own, by their names in the OpenAI API. */
export const standardParameters = {
  temperature: { kind: 'number', low: 0, high: 2, help: '0 to 2; 0 gives the most predictable answers' },
  top_p: { kind: 'number', low: 0, high: 1, help: '0 to 1; leave it empty if you set the temperature' },
  max_completion_tokens: { kind: 'integer', low: 1, help: 'The limit of an answer, including reasoning' },
  seed: { kind: 'integer', help: 'A whole number' },
  frequency_penalty: { kind: 'number', low: -2, high: 2, help: '-2 to 2' },
  presence_penalty: { kind: 'number', low: -2, high: 2, help: '-2 to 2' },
  reasoning_effort: { kind: 'text', help: 'A level that the model supports, such as low' },
  stop: { kind: 'lines', help: 'Up to four texts that end an answer, one per line; \\n is a line break' },
} as const satisfies Record<string, Standard>;

export type StandardParameter = keyof typeof standardParameters;

export const standardNames = Object.keys(standardParameters) as StandardParameter[];

/** Other known parameters of the OpenAI API and of servers of open models. */
export const otherParameters = [
  'chat_template_kwargs',
  'logprobs',
  'max_tokens',
  'min_p',
  'repetition_penalty',
  'structured_outputs',
  'top_k',
  'top_logprobs',
];

const mostStops = 4;

const shape = z.object({
  /** The typed values of the standard parameters; empty for none. */
  fields: z.object({
    temperature: z.string(),
    top_p: z.string(),
    max_completion_tokens: z.string(),
    seed: z.string(),
    frequency_penalty: z.string(),
    presence_penalty: z.string(),
    reasoning_effort: z.string(),
    stop: z.string(),
  } satisfies Record<StandardParameter, unknown>),
  /** Further parameters by name, with a value as JSON. */
  further: z.array(z.object({ name: z.string(), value: z.string() })),
});

export type ParametersDraft = z.infer<typeof shape>;

export const parametersSchema = parsed(shape, ({ fields, further }, refuse): Json => {
  const parameters = new Map<string, unknown>();
  for (const name of standardNames) {
    const flaw = flawOf(name, fields[name]);
    if (flaw !== undefined) refuse(flaw, 'fields', name);
    else if (fields[name].trim() !== '') parameters.set(name, valueOf(name, fields[name]));
  }
  further.forEach(({ name, value }, index) => {
    const at = ['further', String(index)];
    if (name === '') refuse('Give each further parameter a name.', ...at, 'name');
    else if (parameters.has(name)) refuse(`${name} is already set.`, ...at, 'name');
    try {
      parameters.set(name, JSON.parse(value));
    } catch (error) {
      const flaw = `This is not JSON: ${(error as Error).message}. A text needs quotes.`;
      refuse(value.trim() === '' ? 'Give each further parameter a value.' : flaw, ...at, 'value');
    }
  });
  return Object.fromEntries(parameters);
});

export const noParameters: ParametersDraft = {
  fields: {
    temperature: '',
    top_p: '',
    max_completion_tokens: '',
    seed: '',
    frequency_penalty: '',
    presence_penalty: '',
    reasoning_effort: '',
    stop: '',
  },
  further: [],
};

/** Returns the draft of parameters. One gets its own field only if that expresses exactly the same. */
export function parametersDraft(parameters: Json): ParametersDraft {
  const draft: ParametersDraft = { fields: { ...noParameters.fields }, further: [] };
  for (const [name, value] of Object.entries(parameters)) {
    if (isStandard(name) && isTypable(name, value)) draft.fields[name] = typed(value);
    else draft.further.push({ name, value: JSON.stringify(value) });
  }
  return draft;
}

function isStandard(name: string): name is StandardParameter {
  return Object.hasOwn(standardParameters, name);
}

function isTypable(name: StandardParameter, value: unknown): boolean {
  const text = typed(value);
  return text.trim() !== '' && flawOf(name, text) === undefined && sameJson(valueOf(name, text), value);
}

function typed(value: unknown): string {
  return (textsIn(value) ?? []).map(escaped).join('\n') || (Array.isArray(value) ? '' : String(value));
}

function valueOf(name: StandardParameter, text: string): unknown {
  switch (standardParameters[name].kind) {
    case 'lines':
      return linesOf(text).map(unescaped);
    case 'text':
      return text;
    default:
      return Number(text);
  }
}

function flawOf(name: StandardParameter, text: string): string | undefined {
  const { kind, low = -Infinity, high = Infinity }: Standard = standardParameters[name];
  if (text.trim() === '' || kind === 'text') return undefined;
  if (kind === 'lines') {
    if (linesOf(text).length > mostStops) return `${name}: at most ${mostStops} texts.`;
    return linesOf(text).some((line) => !isEscaped(line)) ? `${name}: write \\\\ for a backslash.` : undefined;
  }
  const value = Number(text);
  if (kind === 'integer' && !Number.isSafeInteger(value)) return `${name}: not a whole number.`;
  return Number.isNaN(value) || value < low || value > high
    ? `${name}: not a number${high === Infinity ? ` of at least ${low}` : ` from ${low} to ${high}`}.`
    : undefined;
}

/** Returns a text escaped to fit on one line. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
}

function unescaped(line: string): string {
  return JSON.parse(`"${line.replaceAll('"', '\\"').replaceAll('\t', '\\t')}"`) as string;
}

function isEscaped(line: string): boolean {
  try {
    unescaped(line);
    return true;
  } catch {
    return false;
  }
}
