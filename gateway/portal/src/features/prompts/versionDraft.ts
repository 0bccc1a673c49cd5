import type { Example } from './prompts';
import type { Json } from '@/shared/data/promptRendering';
import { isPlaceholder, type PromptContent } from '@/shared/data/promptVersions';
import { declared } from '@/shared/data/promptVariables';
import { listOf, parsed, requiredText, z } from '@/shared/form/schema';

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

export const contentSchema = z.object({
  messages: z.array(entry),
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
  variables: '{\n  "type": "object",\n  "properties": {}\n}',
  examples: '[]',
  parameters: '{}',
  responseFormat: '',
};

export function asDraft({ messages, variables, examples, parameters, responseFormat }: PromptContent): VersionDraft {
  return {
    message: '',
    messages,
    variables: pretty(variables),
    examples: pretty(examples),
    parameters: pretty(parameters),
    responseFormat: responseFormat == null ? '' : pretty(responseFormat),
  };
}

/** The content as the service takes it; undefined while a document is not valid JSON. */
export function contentOf(draft: VersionDraft): PromptContent | undefined {
  const { data } = contentSchema.safeParse(draft);
  if (data === undefined) return undefined;
  const { responseFormat, ...content } = data;
  return { ...content, ...(responseFormat !== undefined && { responseFormat }) };
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
