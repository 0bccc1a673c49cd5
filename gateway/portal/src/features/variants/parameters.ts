import { allowances } from './callerPolicy';
import type { Parameters } from './composition';
import { overflows } from './overflow';
import type { Model } from '@/shared/data/modelChoices';
import { requiredText, z } from '@/shared/form/schema';

export const parameterFields = [
  { name: 'retrievedExamples', label: 'Retrieved examples', help: '0 to 64 rows of the index' },
  { name: 'temperature', label: 'Temperature', help: '0 to 2' },
  { name: 'maxInputTokens', label: 'Input tokens per text', help: '3 to 512, local models only' },
  { name: 'maxCompletionTokens', label: 'Maximum completion tokens', help: '1 to 32,768' },
  { name: 'topP', label: 'Top p', help: '0 to 1' },
  { name: 'seed', label: 'Seed', help: 'For models that accept one' },
] as const satisfies { name: keyof Parameters; label: string; help: string }[];

type ParameterName = (typeof parameterFields)[number]['name'];
/** Parameters as they are typed; empty is the prompt's, else the model's own default. */
export type ParameterText = Record<ParameterName, string>;

export const variantSchema = z.object({
  name: requiredText('Give it a name.'),
  prompt: z.string(),
  version: z.string(),
  model: z.string(),
  index: z.string(),
  parameters: z.object({
    retrievedExamples: z.string(),
    temperature: z.string(),
    maxInputTokens: z.string(),
    maxCompletionTokens: z.string(),
    topP: z.string(),
    seed: z.string(),
  }),
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
    temperature: '0',
    maxInputTokens: '',
    maxCompletionTokens: '',
    topP: '',
    seed: '',
  },
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

/** Retrieved examples apply only with an index. */
export function parametersOf(text: ParameterText, retrieval: boolean): Parameters {
  const parameters: Parameters = {};
  for (const { name } of parameterFields) {
    if (text[name] !== '' && (retrieval || name !== 'retrievedExamples')) parameters[name] = Number(text[name]);
  }
  return parameters;
}

/** temperature 0, retrieved examples 8 */
export function parameterWords(parameters: Parameters): string {
  return parameterFields
    .filter(({ name }) => parameters[name] != null)
    .map(({ name, label }) => `${label.toLowerCase()} ${parameters[name]}`)
    .join(', ');
}
