import { listOf, optionalNumber, parsed, z } from '@/shared/form/schema';

/** The hyperparameters of a training run, with their defaults. */
export const hyperparameters = [
  {
    name: 'learningRate',
    standard: 0.002,
    help: 'The rate at the first step. It decays to zero at the last step.',
  },
  { name: 'epochs', standard: 20, help: 'The maximum number of passes over all rows.' },
  { name: 'batchSize', standard: 64, help: 'Rows per step.' },
  { name: 'weightDecay', standard: 0.01, help: 'Pulls weights towards zero, to reduce overfitting.' },
  { name: 'patience', standard: 5, help: 'Epochs without improvement after which training stops.' },
  { name: 'maxTokens', standard: 128, help: 'The number of tokens read from each text, up to 512.' },
  { name: 'logitScale', standard: 20, help: 'Higher values turn similarity into more extreme probabilities.' },
] as const;

export type Hyperparameter = (typeof hyperparameters)[number]['name'];

const values = parsed(z.string(), (text, refuse): number[] => {
  const numbers = listOf(text, /[\s,;]+/).map(Number);
  if (numbers.some(Number.isNaN)) refuse('Must be a number, or several separated by commas.');
  return numbers;
});
const positive = (value: number) => value > 0;

export const trainingSchema = z.object({
  application: z.string(),
  baseModel: z.string(),
  splitDigest: z.string(),
  hyperparameters: z.object({
    learningRate: values,
    epochs: values,
    batchSize: values,
    weightDecay: values,
    patience: values,
    maxTokens: values,
    logitScale: values,
  }),
  seed: optionalNumber('Must be a whole number.', Number.isInteger),
  metric: z.enum(['macro_f1', 'accuracy']),
  maxTrials: optionalNumber(
    'Must be a whole number above 0, or empty.',
    (trials) => Number.isInteger(trials) && positive(trials),
  ),
  maxSpend: optionalNumber('Must be an amount above 0, or empty.', positive),
});
export type TrainingDraft = z.input<typeof trainingSchema>;

export const newTraining: TrainingDraft = {
  application: '',
  baseModel: '',
  splitDigest: '',
  hyperparameters: Object.fromEntries(
    hyperparameters.map(({ name, standard }) => [name, String(standard)]),
  ) as TrainingDraft['hyperparameters'],
  seed: '1',
  metric: 'macro_f1',
  maxTrials: '',
  maxSpend: '',
};

export interface Settings {
  /** Hyperparameters with one value. */
  fixed: Partial<Record<Hyperparameter, number>>;
  /** Hyperparameters with several values. A sweep trains their combinations. */
  grid: Partial<Record<Hyperparameter, number[]>>;
  combinations: number;
}

/** Several values of a hyperparameter, separated by commas, make a sweep over all combinations. */
export function settingsOf(parsed: z.output<typeof trainingSchema>['hyperparameters']): Settings {
  const settings: Settings = { fixed: {}, grid: {}, combinations: 1 };
  for (const { name } of hyperparameters) {
    const [first] = parsed[name];
    if (parsed[name].length > 1) {
      settings.grid[name] = parsed[name];
      settings.combinations *= parsed[name].length;
    } else if (first !== undefined) settings.fixed[name] = first;
  }
  return settings;
}
