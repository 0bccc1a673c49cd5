import type { Example } from './prompts';
import type { Json } from '@/shared/data/promptRendering';
import {
  isPlaceholder,
  type PartialReference,
  type PromptContent,
  type PromptVersion,
} from '@/shared/data/promptVersions';
import { declared, usedIn } from '@/shared/data/promptVariables';
import { listOf, parsed, requiredText, z } from '@/shared/form/schema';
import { partialsIn } from '@/shared/text/templates';

/** A document that is kept as the text that was typed, valid or not. */
function jsonDocument<T>(empty: T, shape: 'object' | 'list') {
  return parsed(z.string(), (text, refuse): T => {
    if (text.trim() === '') return empty;
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null && Array.isArray(value) === (shape === 'list')) return value as T;
      refuse(shape === 'list' ? 'Must be a JSON list: [ … ]' : 'Must be a JSON object: { … }');
    } catch (error) {
      refuse(`This is not JSON: ${(error as Error).message}`);
    }
    return empty;
  });
}

const message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });
const entry = z.union([message, z.object({ type: z.literal('placeholder'), name: z.string() })]);

const partial = z.object({
  name: requiredText('Give each partial the name by which a message includes it.'),
  prompt: requiredText('Say which prompt each partial is.'),
  at: requiredText('Say at which version or label each partial is included.'),
});

export const contentSchema = z.object({
  messages: z.array(entry),
  partials: z.array(partial),
  variables: jsonDocument<Json>({}, 'object'),
  examples: jsonDocument<Example[]>([], 'list'),
  parameters: jsonDocument<Json>({}, 'object'),
  responseFormat: jsonDocument<Json | undefined>(undefined, 'object'),
});

export const versionSchema = z.extend(contentSchema, {
  messages: z
    .array(entry)
    .check(
      z.refine(
        (messages) => messages.some((one) => isPlaceholder(one) || one.content.trim() !== ''),
        'Write a message first.',
      ),
    ),
  message: requiredText('Say what changed and why.'),
});
/** A version as it is typed. */
export type VersionDraft = z.input<typeof versionSchema>;

export const emptyDraft: VersionDraft = {
  message: '',
  messages: [
    { role: 'system', content: '' },
    { role: 'user', content: '' },
  ],
  partials: [],
  variables: '{\n  "type": "object",\n  "properties": {}\n}',
  examples: '[]',
  parameters: '{}',
  responseFormat: '',
};

/** A draft that starts from a version: a partial that was named by a label stays so, and brings what it is by now. */
export function asDraft(version: PromptVersion): VersionDraft {
  const { messages, examples, parameters, responseFormat, includes } = version;
  return {
    message: '',
    messages,
    partials: includes.map(({ name, prompt, version: at, label }) => ({ name, prompt, at: label ?? String(at) })),
    variables: pretty(ownVariables(version)),
    examples: pretty(examples),
    parameters: pretty(parameters),
    responseFormat: responseFormat == null ? '' : pretty(responseFormat),
  };
}

/** The content as the service takes it; undefined while a document is not valid JSON. */
export function contentOf(draft: VersionDraft): PromptContent | undefined {
  const { data } = contentSchema.safeParse(draft);
  return data && sendable(data);
}

export function sendable({ responseFormat, partials, ...content }: z.output<typeof contentSchema>): PromptContent {
  return {
    ...content,
    ...(responseFormat !== undefined && { responseFormat }),
    ...(partials.length > 0 && { partials: referencesOf(partials) }),
  };
}

/** What the service takes of the typed partials: a number is a version, any other word a label. */
export function referencesOf(partials: VersionDraft['partials']): Record<string, PartialReference> {
  return Object.fromEntries(
    partials.map(({ name, prompt, at }) => [
      name,
      /^\d+$/.test(at) ? { prompt, version: Number(at) } : { prompt, label: at },
    ]),
  );
}

/** The fields of the form by the pointers under which the service refuses a partial. */
export function partialPointers({ partials }: Pick<VersionDraft, 'partials'>) {
  return Object.fromEntries(
    partials.flatMap(({ name }, index) => [
      [`/partials/${name}/prompt`, `partials.${index}.prompt` as const],
      [`/partials/${name}/version`, `partials.${index}.at` as const],
      [`/partials/${name}/label`, `partials.${index}.at` as const],
      [`/partials/${name}`, `partials.${index}.name` as const],
    ]),
  );
}

/** The names that the messages include and the draft does not say what they are. */
export function missingPartials({ messages, partials }: Pick<VersionDraft, 'messages' | 'partials'>): string[] {
  const known = new Set(partials.map(({ name }) => name.trim()));
  const named = messages.flatMap((one) => (isPlaceholder(one) ? [] : partialsIn(one.content)));
  return [...new Set(named)].filter((name) => !known.has(name));
}

/** Without the variables that only the partials have: those of their next version take their place. */
function ownVariables({ variables, partials, messages }: PromptVersion): Json {
  const { properties = {}, required = [], ...rest } = variables as { properties?: Json; required?: string[] };
  const used = usedIn(messages);
  const theirs = Object.values(partials).map(({ content }) => content.variables as { properties?: Json });
  const isOwn = (name: string) =>
    used.has(name) ||
    !theirs.some(({ properties: of }) => of !== undefined && pretty(of[name]) === pretty(properties[name]));
  const own = Object.entries(properties).filter(([name]) => isOwn(name));
  return {
    ...rest,
    properties: Object.fromEntries(own),
    ...('required' in variables && { required: required.filter((name) => own.some(([one]) => one === name)) }),
  };
}

/** The schema with a required text for every variable that the messages use and it does not declare yet. */
export function declareVariables({ messages, variables }: Pick<VersionDraft, 'messages' | 'variables'>): string {
  const schema = contentSchema.shape.variables.safeParse(variables).data;
  if (schema === undefined) return variables;
  const complete = declared(schema, messages);
  return complete === schema ? variables : pretty(complete);
}

/** The response format that restricts the answer to those given, separated by commas; undefined without any. */
export function chooseAmong(answers: string): string | undefined {
  const options = listOf(answers);
  if (options.length === 0) return undefined;
  return pretty({
    type: 'object',
    properties: { answer: { enum: options } },
    required: ['answer'],
    additionalProperties: false,
  });
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
