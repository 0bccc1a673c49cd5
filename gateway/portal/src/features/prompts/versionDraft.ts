import type { Example, Json, Message, PromptContent } from './prompts';
import { variablesIn } from './tokens';

/** A version being written: documents are kept as the text that was typed, valid or not. */
export interface VersionDraft {
  message: string;
  messages: Message[];
  variables: string;
  examples: string;
  parameters: string;
  responseFormat: string;
}

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

export type DocumentField = 'variables' | 'examples' | 'parameters' | 'responseFormat';

export interface Read {
  content: PromptContent;
  errors: Partial<Record<DocumentField, string>>;
}

/** The content as far as it can be read, and what could not. */
export function read(draft: VersionDraft): Read {
  const errors: Read['errors'] = {};
  const parse = <T>(field: DocumentField, empty: T, list = false): T => {
    const text = draft[field].trim();
    if (text === '') return empty;
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value !== 'object' || value === null || Array.isArray(value) !== list) {
        errors[field] = list ? 'A JSON list is needed here: [ … ]' : 'A JSON object is needed here: { … }';
        return empty;
      }
      return value as T;
    } catch (error) {
      errors[field] = `This is not JSON: ${error instanceof Error ? error.message : String(error)}`;
      return empty;
    }
  };
  const responseFormat = parse<Json | undefined>('responseFormat', undefined);
  const content: PromptContent = {
    messages: draft.messages,
    variables: parse<Json>('variables', {}),
    examples: parse<Example[]>('examples', [], true),
    parameters: parse<Json>('parameters', {}),
    ...(responseFormat === undefined ? {} : { responseFormat }),
  };
  return { content, errors };
}

/** Declares as required text every variable that the messages use and the schema does not know. */
export function declareVariables(draft: VersionDraft): VersionDraft {
  const { content } = read(draft);
  const schema = content.variables as { properties?: Json; required?: string[] };
  const properties = schema.properties ?? {};
  const found = [...new Set(content.messages.flatMap((message) => variablesIn(message.content)))].map(
    (name) => name.split('.')[0] ?? name,
  );
  const unknown = [...new Set(found)].filter((name) => !(name in properties));
  if (unknown.length === 0) return draft;
  return {
    ...draft,
    variables: pretty({
      ...schema,
      type: 'object',
      properties: { ...properties, ...Object.fromEntries(unknown.map((name) => [name, { type: 'string' }])) },
      required: [...(schema.required ?? []), ...unknown],
    }),
  };
}

/** The response format by which an answer is exactly one of those given, separated by commas; without any the draft stays. */
export function chooseAmong(draft: VersionDraft, answers: string): VersionDraft {
  const options = [...new Set(answers.split(',').map((answer) => answer.trim()))].filter((answer) => answer !== '');
  if (options.length === 0) return draft;
  return {
    ...draft,
    responseFormat: pretty({
      type: 'object',
      properties: { answer: { enum: options } },
      required: ['answer'],
      additionalProperties: false,
    }),
  };
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
