import type { Evaluator, NewSuite } from './evaluations';

type Perturbation = NonNullable<NewSuite['perturbations']>['kinds'][number];

export const evaluators: { value: Evaluator; label: string }[] = [
  { value: 'classification', label: 'Classification: accuracy, macro F1, per class, confusion' },
  { value: 'latency', label: 'Latency: median and 95th percentile' },
  { value: 'cost', label: 'Cost per 1,000 calls' },
  { value: 'consistency', label: 'Consistency: the same answer to a text changed in passing' },
  { value: 'exact', label: 'Exact match' },
];

export const perturbations: { value: Perturbation; label: string }[] = [
  { value: 'HEADERS_STRIPPED', label: 'Headers stripped' },
  { value: 'LOWER_CASE', label: 'Lower case' },
  { value: 'TRUNCATED', label: 'Truncated' },
];

/** A suite as it is chosen and typed. */
export interface SuiteDraft {
  name: string;
  /** As shared/data/splits writes it. */
  split: string;
  part: string;
  evaluators: Evaluator[];
  maxItems: string;
  kinds: Perturbation[];
  perturbedItems: string;
  seed: string;
}

export function newSuite(application: string): SuiteDraft {
  return {
    name: application,
    split: '',
    part: '',
    evaluators: evaluators.map(({ value }) => value),
    maxItems: '400',
    kinds: perturbations.map(({ value }) => value),
    perturbedItems: '100',
    seed: '7',
  };
}

export function suiteOf(draft: SuiteDraft, splitDigest: string, part: string): NewSuite {
  const consistency = draft.evaluators.includes('consistency');
  return {
    name: draft.name.trim(),
    splitDigest,
    part,
    evaluators: draft.evaluators,
    maxItems: draft.maxItems === '' ? undefined : Number(draft.maxItems),
    perturbations: consistency ? { kinds: draft.kinds, items: Number(draft.perturbedItems) } : undefined,
    seed: draft.seed === '' ? undefined : Number(draft.seed),
  };
}

/** The parts that may be judged by: a model has seen the rows of train. */
export function testable(parts: Record<string, { rows: number }> | undefined): [name: string, rows: number][] {
  return Object.entries(parts ?? {})
    .filter(([name]) => name !== 'train')
    .map(([name, { rows }]): [string, number] => [name, rows])
    .sort(([one], [other]) => one.localeCompare(other));
}
