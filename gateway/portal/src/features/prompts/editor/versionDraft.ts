import { newSchema, objectSchema, schemaDraft, withTexts, type ObjectSchemaDraft } from './objectSchema';
import { noParameters, parametersDraft, parametersSchema } from './parameters';
import { freeText, responseFormatDraft, responseFormatSchema } from './responseFormat';
import { noTools, toolsDraft, toolsSchema } from './tools';
import type { Json } from '@/shared/data/promptRendering';
import {
  isPlaceholder,
  type PartialReference,
  type PromptContent,
  type PromptVersion,
} from '@/shared/data/promptVersions';
import { declared, usedIn } from '@/shared/data/promptVariables';
import { requiredText, z } from '@/shared/form/schema';
import { pretty, sameJson } from '@/shared/text/json';
import { partialsIn } from '@/shared/text/templates';

const message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });
const entry = z.union([message, z.object({ type: z.literal('placeholder'), name: z.string() })]);

const partial = z.object({
  name: requiredText('Enter the name that messages use to include each partial.'),
  prompt: requiredText('Choose the prompt of each partial.'),
  at: requiredText('Enter the version or label of each partial.'),
});

/** A required text. Spaces around it are kept, because the model reads them. */
const exampleText = (what: string) =>
  z.string().check(z.refine((text) => text.trim() !== '', `Give each example its ${what}.`));

const content = z.object({
  messages: z.array(entry),
  partials: z.array(partial),
  variables: objectSchema,
  examples: z.array(z.object({ input: exampleText('input'), output: exampleText('output') })),
  responseFormat: responseFormatSchema,
  parameters: parametersSchema,
  tools: toolsSchema,
});

type Parsed = z.output<typeof content>;

/** Refuses tools that are set twice, since a further parameter can set them as well. */
const saidOnce = z.refine<Pick<Parsed, 'parameters' | 'tools'>>(
  ({ parameters, tools }) => Object.keys(tools).every((name) => !Object.hasOwn(parameters, name)),
  'Set tools, tool_choice and parallel_tool_calls only once: under Tools, or among the further parameters.',
);

export const contentSchema = content.check(saidOnce);

export const versionSchema = z
  .extend(content, {
    messages: z
      .array(entry)
      .check(
        z.refine(
          (messages) => messages.some((one) => isPlaceholder(one) || one.content.trim() !== ''),
          'Write a message first.',
        ),
      ),
    message: requiredText('Describe what changed and why.'),
    /** The reason to publish in spite of errors of the linter. */
    lintReason: z.string(),
  })
  .check(saidOnce);
/** The draft of a version. */
export type VersionDraft = z.input<typeof versionSchema>;

export const emptyDraft: VersionDraft = {
  message: '',
  lintReason: '',
  messages: [
    { role: 'system', content: '' },
    { role: 'user', content: '' },
  ],
  partials: [],
  variables: newSchema({ type: 'object' }),
  examples: [],
  responseFormat: freeText,
  parameters: noParameters,
  tools: noTools,
};

/** Returns a draft from a version. Partials named by a label keep the label, and so get its current version. */
export function asDraft(version: PromptVersion): VersionDraft {
  const { messages, examples, parameters, responseFormat, includes } = version;
  const { tools, others } = toolsDraft(parameters as Json);
  return {
    message: '',
    lintReason: '',
    messages,
    partials: includes.map(({ name, prompt, version: at, label }) => ({ name, prompt, at: label ?? String(at) })),
    variables: schemaDraft(ownVariables(version)),
    examples,
    responseFormat: responseFormatDraft(responseFormat),
    parameters: parametersDraft(others),
    tools,
  };
}

/** Returns the content in the form that the service accepts; undefined while a typed text is invalid. */
export function contentOf(draft: VersionDraft): PromptContent | undefined {
  const { data } = contentSchema.safeParse(draft);
  return data && sendable(data);
}

export function sendable({ responseFormat, partials, parameters, tools, ...rest }: Parsed): PromptContent {
  return {
    ...rest,
    parameters: { ...parameters, ...tools },
    ...(responseFormat !== undefined && { responseFormat }),
    ...(partials.length > 0 && { partials: referencesOf(partials) }),
  };
}

/** Returns the references of the typed partials: a number is a version, any other word a label. */
export function referencesOf(partials: VersionDraft['partials']): Record<string, PartialReference> {
  return Object.fromEntries(
    partials.map(({ name, prompt, at }) => [
      name,
      /^\d+$/.test(at) ? { prompt, version: Number(at) } : { prompt, label: at },
    ]),
  );
}

/** Returns the names that messages include and that the draft does not define. */
export function missingPartials({ messages, partials }: Pick<VersionDraft, 'messages' | 'partials'>): string[] {
  const known = new Set(partials.map(({ name }) => name.trim()));
  const named = messages.flatMap((one) => (isPlaceholder(one) ? [] : partialsIn(one.content)));
  return [...new Set(named)].filter((name) => !known.has(name));
}

/** Returns the variables without those that only partials use. Newer versions of the partials bring their own. */
function ownVariables({ variables, partials, messages }: PromptVersion): Json {
  const { properties = {}, required = [], ...rest } = variables as { properties?: Json; required?: string[] };
  const used = usedIn(messages);
  const theirs = Object.values(partials).map(({ content: of }) => of.variables as { properties?: Json });
  const isOwn = (name: string) =>
    used.has(name) || !theirs.some(({ properties: of }) => of !== undefined && sameJson(of[name], properties[name]));
  const own = Object.entries(properties).filter(([name]) => isOwn(name));
  return {
    ...rest,
    properties: Object.fromEntries(own),
    ...('required' in variables && { required: required.filter((name) => own.some(([one]) => one === name)) }),
  };
}

/** Returns the draft with a required text for every undeclared variable that the messages use. */
export function declareVariables({
  messages,
  variables,
}: Pick<VersionDraft, 'messages' | 'variables'>): ObjectSchemaDraft {
  if (variables.form === 'fields') {
    const known = new Set(variables.rows.map(({ name }) => name));
    const missing = [...usedIn(messages)].filter((name) => !known.has(name));
    return missing.length === 0 ? variables : withTexts(variables, missing);
  }
  const { data: schema } = objectSchema.safeParse(variables);
  const complete = schema && declared(schema, messages);
  return complete === undefined || complete === schema ? variables : { ...variables, json: pretty(complete) };
}
