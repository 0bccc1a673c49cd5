import { abstentionSchema, noAbstention } from './abstention';
import { allowances } from './callerPolicy';
import type { Parameters } from './composition';
import { overflows } from './overflow';
import type { IndexMode } from '@/shared/data/indexes';
import type { Model } from '@/shared/data/modelChoices';
import { requiredText, z } from '@/shared/form/schema';
import { decimal } from '@/shared/text/format';

/** How much is retrieved, by what the index has. */
export const retrievalFields = {
  EXAMPLES: { name: 'retrievedExamples', label: 'Retrieved examples', help: '0 to 64 rows of the index' },
  PASSAGES: {
    name: 'retrievedPassages',
    label: 'Retrieved passages',
    help: '1 to 20, the best first: more may have the answer, and cost tokens',
  },
} as const satisfies Record<IndexMode, { name: keyof Parameters; label: string; help: string }>;

/** For which of the user's messages passages are searched. */
export const retrievalQueries: { value: NonNullable<Parameters['retrievalQuery']>; label: string }[] = [
  { value: 'LAST_MESSAGE', label: 'The last message' },
  { value: 'CONVERSATION', label: 'The conversation: as many messages of the user as the encoder reads' },
];

/** In which order passages are taken; the API has no word for that in which they are found. */
export const passageOrders: { value: NonNullable<Parameters['reranking']> | 'FOUND'; label: string }[] = [
  { value: 'FOUND', label: 'As they are found, by words and by meaning' },
  { value: 'SENTENCES', label: 'By the sentence nearest to the question, of the 20 found' },
];

export const parameterFields = [
  {
    name: 'temperature',
    label: 'Temperature',
    help: '0 to 2; empty: the prompt’s, else none is sent and no answer reused',
  },
  { name: 'maxInputTokens', label: 'Input tokens per text', help: '3 to 512, local models only' },
  { name: 'maxCompletionTokens', label: 'Maximum completion tokens', help: '1 to 32,768' },
  { name: 'topP', label: 'Top p', help: '0 to 1' },
  { name: 'seed', label: 'Seed', help: 'For models that accept one' },
] as const satisfies { name: keyof Parameters; label: string; help: string }[];

/** Parameters as they are typed; empty is the prompt's, else the model's own default. */
export type ParameterText = VariantValues['parameters'];

export const variantSchema = z.object({
  name: requiredText('Give it a name.'),
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
 * The chosen models in their order, as far as there are fields for them: up to the first that is not chosen or not
 * among the models, and none after one that cannot fail.
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

/** A model of this installation answers where it is asked. */
export function canFail(model: Model): boolean {
  return model.plumbline.kind === 'PROVIDER';
}

/** What is retrieved applies only with an index that has it. */
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

/** retrieved examples 8, temperature 0 */
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
