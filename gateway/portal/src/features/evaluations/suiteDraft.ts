import type { NewSuite } from './evaluations';
import { newScorer, scorerOf, scorerSchema, type ScorerDraft } from './scorerDraft';
import type { SplitChoice } from '@/shared/data/splits';
import { z } from '@/shared/form/schema';

type Perturbation = NonNullable<NewSuite['perturbations']>['kinds'][number];

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
  scorers: z.array(scorerSchema),
  maxItems: z.string(),
  /** Whether items are sent again, perturbed, which measures consistency. */
  perturbed: z.boolean(),
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
    scorers: [newScorer('label')],
    maxItems: '400',
    perturbed: true,
    kinds: perturbations.map(({ value }) => value),
    perturbedItems: '100',
    seed: '7',
  };
}

/**
 * The scorers that a suite starts with, by what items of a dataset's kind expect: a conversation has no label. Scorers
 * that somebody chose stay.
 */
export function startingScorers(
  kind: SplitChoice['datasets'][number]['kind'] | undefined,
  scorers: ScorerDraft[],
): ScorerDraft[] {
  const starts = [newScorer('label'), newScorer('normalised')].map((scorer) => JSON.stringify([scorer]));
  if (!starts.includes(JSON.stringify(scorers))) return scorers;
  return [newScorer(kind === 'CHAT' ? 'normalised' : 'label')];
}

export function suiteOf(draft: SuiteDraft, splitDigest: string, subset: string): NewSuite {
  const kinds = perturbations.map(({ value }) => value).filter((value) => draft.kinds.includes(value));
  return {
    name: draft.name.trim(),
    splitDigest,
    subset,
    scorers: draft.scorers.map(scorerOf),
    maxItems: draft.maxItems === '' ? undefined : Number(draft.maxItems),
    perturbations: draft.perturbed ? { kinds, items: Number(draft.perturbedItems) } : undefined,
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
