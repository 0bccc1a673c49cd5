import type { Evaluator, NewSuite } from './evaluations';
import { z } from '@/shared/form/schema';

type Perturbation = NonNullable<NewSuite['perturbations']>['kinds'][number];

export const evaluators: { value: Evaluator; label: string }[] = [
  { value: 'classification', label: 'Classification: accuracy, macro F1, per class, confusion matrix' },
  { value: 'latency', label: 'Latency: p50 and p95' },
  { value: 'cost', label: 'Cost per 1,000 calls' },
  { value: 'consistency', label: 'Consistency: the same answer to a perturbed text' },
  { value: 'exact', label: 'Exact match' },
];

export const perturbations: { value: Perturbation; label: string }[] = [
  { value: 'HEADERS_STRIPPED', label: 'Headers stripped' },
  { value: 'LOWER_CASE', label: 'Lower case' },
  { value: 'TRUNCATED', label: 'Truncated' },
];

export const suiteSchema = z.object({
  name: z.string(),
  /** As shared/data/splits writes it. */
  split: z.string(),
  subset: z.string(),
  evaluators: z.array(z.string()),
  maxItems: z.string(),
  kinds: z.array(z.string()),
  perturbedItems: z.string(),
  seed: z.string(),
});
export type SuiteDraft = z.input<typeof suiteSchema>;

export function newSuite(application: string): SuiteDraft {
  return {
    name: application,
    split: '',
    subset: '',
    evaluators: evaluators.map(({ value }) => value),
    maxItems: '400',
    kinds: perturbations.map(({ value }) => value),
    perturbedItems: '100',
    seed: '7',
  };
}

export function suiteOf(draft: SuiteDraft, splitDigest: string, subset: string): NewSuite {
  const chosen = evaluators.map(({ value }) => value).filter((value) => draft.evaluators.includes(value));
  const kinds = perturbations.map(({ value }) => value).filter((value) => draft.kinds.includes(value));
  return {
    name: draft.name.trim(),
    splitDigest,
    subset,
    evaluators: chosen,
    maxItems: draft.maxItems === '' ? undefined : Number(draft.maxItems),
    perturbations: chosen.includes('consistency') ? { kinds, items: Number(draft.perturbedItems) } : undefined,
    seed: draft.seed === '' ? undefined : Number(draft.seed),
  };
}

/**
 * The subsets that a variant may be evaluated on, the test rows, which alone carry verdicts, first: a model has been
 * trained on the rows of train.
 */
export function testable(subsets: Record<string, { rows: number }> | undefined): [name: string, rows: number][] {
  return Object.entries(subsets ?? {})
    .filter(([name]) => name !== 'train')
    .map(([name, { rows }]): [string, number] => [name, rows])
    .sort(([one], [other]) => Number(other === 'test') - Number(one === 'test') || one.localeCompare(other));
}
