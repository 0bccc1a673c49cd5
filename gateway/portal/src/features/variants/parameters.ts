import { abstentionSchema, noAbstention } from './abstention';
import { allowances } from './callerPolicy';
import type { Parameters } from './composition';
import { overflows } from './overflow';
import type { IndexMode } from '@/shared/data/indexes';
import type { Model } from '@/shared/models/modelChoices';
import { requiredText, z } from '@/shared/form/schema';
import { decimal } from '@/shared/text/format';

/** The fields for the number of results, by the content of the index. */
export const retrievalFields = {
  EXAMPLES: { name: 'retrievedExamples', label: 'Retrieved examples', help: '0 to 64 rows of the index' },
  PASSAGES: {
    name: 'retrievedPassages',
    label: 'Retrieved passages',
    help: '1 to 20, best first. More passages may contain the answer, but cost tokens',
  },
} as const satisfies Record<IndexMode, { name: keyof Parameters; label: string; help: string }>;

/** The messages of the user that passages are searched for. */
export const retrievalQueries: { value: NonNullable<Parameters['retrievalQuery']>; label: string }[] = [
  { value: 'LAST_MESSAGE', label: 'The last message' },
  { value: 'CONVERSATION', label: 'The conversation: as many messages of the user as the encoder reads' },
];

/** The orders of passages. The API has no name for the order in which they are found. */
export const passageOrders: { value: NonNullable<Parameters['reranking']> | 'FOUND'; label: string }[] = [
  { value: 'FOUND', label: 'As they are found, by words and by meaning' },
  { value: 'SENTENCES', label: 'By the sentence closest to the question, among the 20 found' },
];

export const parameterFields = [
  {
    name: 'temperature',
    label: 'Temperature',
    help: '0 to 2. Empty: the prompt’s, or else none is sent and no answer is reused',
  },
  { name: 'maxInputTokens', label: 'Input tokens per text', help: '3 to 512, local models only' },
  { name: 'maxCompletionTokens', label: 'Maximum completion tokens', help: '1 to 32,768' },
  { name: 'topP', label: 'Top p', help: '0 to 1' },
  { name: 'seed', label: 'Seed', help: 'For models that accept one' },
] as const satisfies { name: keyof Parameters; label: string; help: string }[];

/** The typed parameters. An empty one uses the prompt's parameter, or else the model's default. */
export type ParameterText = VariantValues['parameters'];

export const variantSchema = z.object({
  name: requiredText('Enter a name.'),
  prompt: z.string(),
  version: z.string(),
  model: z.string(),
  index: z.string(),
  parameters: z.object({
    retrievedExamples: z.string(),
    retrievedPassages: z.string(),
    retrievalQuery: z.enum(retrievalQueries.map(({ value }) => value)),
    reranking: z.enum(passageOrders.map(({ value }) => value)),
    temperature: z.string(),
    maxInputTokens: z.string(),
    maxCompletionTokens: z.string(),
    topP: z.string(),
    seed: z.string(),
  }),
  abstention: abstentionSchema,
  overflow: z.enum(overflows.map(({ value }) => value)),
  fallback: z.array(z.string()),
  allowed: z.array(z.enum(allowances.map(({ value }) => value))),
});
export type VariantValues = z.input<typeof variantSchema>;

export const newVariant: VariantValues = {
  name: '',
  prompt: '',
  version: '',
  model: '',
  index: '',
  parameters: {
    retrievedExamples: '8',
    retrievedPassages: '5',
    retrievalQuery: 'LAST_MESSAGE',
    reranking: 'FOUND',
    temperature: '0',
    maxInputTokens: '',
    maxCompletionTokens: '',
    topP: '',
    seed: '',
  },
  abstention: noAbstention,
  overflow: 'REFUSE',
  fallback: ['', '', ''],
  allowed: [],
};

/**
 * Returns the chosen models that have fields, in order. The chain ends at the first that is not chosen or unknown, and
 * after one that cannot fail.
 */
export function chainOf(fallback: string[], models: Model[]): string[] {
  const chain: string[] = [];
  for (const name of fallback) {
    const model = models.find(({ id }) => id === name);
    if (model === undefined || chain.includes(name)) break;
    chain.push(name);
    if (!canFail(model)) break;
  }
  return chain;
}

/** Returns whether a model can fail. A model of this installation always answers. */
export function canFail(model: Model): boolean {
  return model.plumbline.kind === 'PROVIDER';
}

/** Returns the parameters. Those of retrieval apply only with an index of that mode. */
export function parametersOf(text: ParameterText, mode: IndexMode | undefined): Parameters {
  const parameters: Parameters = {};
  const retrieval = mode === undefined ? [] : [retrievalFields[mode]];
  for (const { name } of [...retrieval, ...parameterFields]) {
    if (text[name] !== '') parameters[name] = Number(text[name]);
  }
  if (mode === 'PASSAGES' && text.retrievalQuery !== 'LAST_MESSAGE') parameters.retrievalQuery = text.retrievalQuery;
  if (mode === 'PASSAGES' && text.reranking !== 'FOUND') parameters.reranking = text.reranking;
  return parameters;
}

/** Returns a description such as: retrieved examples 8, temperature 0 */
export function parameterWords(parameters: Parameters): string {
  return [
    ...[retrievalFields.EXAMPLES, retrievalFields.PASSAGES, ...parameterFields].flatMap(({ name, label }) => {
      const value = parameters[name];
      return value == null ? [] : [`${label.toLowerCase()} ${name === 'seed' ? value : decimal(value)}`];
    }),
    ...(parameters.withoutTemperature ? ['no temperature is sent'] : []),
    ...(parameters.retrievalQuery === 'CONVERSATION' ? ['searched for the conversation'] : []),
    ...(parameters.reranking === 'SENTENCES' ? ['ordered by the nearest sentence'] : []),
  ].join(', ');
}
