/** What may be set about a training run, with the value that holds when nothing is set. */
export const hyperparameters = [
  {
    name: 'learningRate',
    label: 'Learning rate',
    standard: 0.002,
    help: 'At the first step; it falls to zero by the last.',
  },
  { name: 'epochs', label: 'Epochs', standard: 20, help: 'How often all rows are seen at most.' },
  { name: 'batchSize', label: 'Batch size', standard: 64, help: 'Rows a step.' },
  {
    name: 'weightDecay',
    label: 'Weight decay',
    standard: 0.01,
    help: 'Pulls weights to zero, against learning by heart.',
  },
  { name: 'patience', label: 'Patience', standard: 5, help: 'Epochs without improvement after which training stops.' },
  { name: 'maxTokens', label: 'Tokens a row', standard: 128, help: 'How much of each text is read, up to 512.' },
  { name: 'logitScale', label: 'Logit scale', standard: 20, help: 'How sharply nearness becomes probability.' },
] as const;

export type Hyperparameter = (typeof hyperparameters)[number]['name'];

export const emptyTraining = {
  application: '',
  baseModel: '',
  seed: '1',
  metric: 'macro_f1',
  maxTrials: '',
  maxSpend: '',
  values: Object.fromEntries(hyperparameters.map(({ name, standard }) => [name, String(standard)])) as Record<
    Hyperparameter,
    string
  >,
};

export type TrainingDraft = typeof emptyTraining;

export interface ReadTraining {
  /** Hyperparameters with one value. */
  fixed: Record<string, number>;
  /** Those with several: their combinations are searched. */
  grid: Record<string, number[]>;
  combinations: number;
  errors: Partial<Record<Hyperparameter | 'seed' | 'maxTrials' | 'maxSpend', string>>;
}

/** Several values, separated by commas, make a search of all their combinations. */
export function readTraining({ values, seed, maxTrials, maxSpend }: TrainingDraft): ReadTraining {
  const read: ReadTraining = { fixed: {}, grid: {}, combinations: 1, errors: {} };
  for (const { name } of hyperparameters) {
    const numbers = values[name]
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number);
    const [first] = numbers;
    if (numbers.some(Number.isNaN)) read.errors[name] = 'Must be a number, or several separated by commas.';
    else if (numbers.length > 1) {
      read.grid[name] = [...new Set(numbers)];
      read.combinations *= read.grid[name].length;
    } else if (first !== undefined) read.fixed[name] = first;
  }
  if (seed.trim() !== '' && !Number.isInteger(Number(seed))) read.errors.seed = 'Must be a whole number.';
  if (maxTrials.trim() !== '' && !(Number.isInteger(Number(maxTrials)) && Number(maxTrials) > 0))
    read.errors.maxTrials = 'Must be a whole number above 0, or empty.';
  if (maxSpend.trim() !== '' && !(Number(maxSpend) > 0)) read.errors.maxSpend = 'Must be an amount above 0, or empty.';
  return read;
}
