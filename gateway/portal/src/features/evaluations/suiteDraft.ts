import type { FieldPath } from 'react-hook-form';
import type { NewSuite } from './evaluations';
import { newScorer, scorerOf, scorersSchema, type ScorerDraft } from './scorerDraft';
import type { ScorerType } from './scorerTypes';
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
  scorers: scorersSchema,
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

type Kind = SplitChoice['datasets'][number]['kind'] | undefined;

/** Whether answers are right, what was retrieved and cited for them, and what was abstained from. */
const ofQuestions: ScorerType[] = [
  'token_f1',
  'squad_exact',
  'recall_at_k',
  'citation_precision',
  'citation_recall',
  'coverage',
  'selective',
  'out_of_scope_recall',
  'in_scope_coverage',
];

function usual(kind: Kind): ScorerDraft[] {
  switch (kind) {
    case 'QUESTION_ANSWER':
      return ofQuestions.map(newScorer);
    case 'CHAT':
      return [newScorer('normalised')];
    case 'CLASSIFICATION':
    case 'PREFERENCE':
    case 'DOCUMENTS':
    case undefined:
      return [newScorer('label')];
  }
}

/**
 * The scorers that a suite starts with, by what items of a dataset's kind expect: a conversation has no label. Scorers
 * that somebody chose stay.
 */
export function startingScorers(kind: Kind, scorers: ScorerDraft[]): ScorerDraft[] {
  const starts = ([undefined, 'CHAT', 'QUESTION_ANSWER'] as const).map((one) => JSON.stringify(usual(one)));
  return starts.includes(JSON.stringify(scorers)) ? usual(kind) : scorers;
}

/** Answers are found to agree by their labels alone, which only items of this kind have. */
export function isPerturbable(kind: Kind): boolean {
  return kind === undefined || kind === 'CLASSIFICATION';
}

/** Where a refusal of a scorer, or of one of its fields, is shown: one of the scorer itself at its type. */
export function scorerPointers(scorers: ScorerDraft[]): Record<string, FieldPath<SuiteDraft>> {
  return Object.fromEntries(
    scorers.flatMap((scorer, index) => [
      ...(Object.keys(scorer) as (keyof ScorerDraft)[]).map(
        (field) => [`/scorers/${index}/${field}`, `scorers.${index}.${field}`] as const,
      ),
      [`/scorers/${index}`, `scorers.${index}.type`] as const,
    ]),
  );
}

export function suiteOf(draft: SuiteDraft, splitDigest: string, subset: string): NewSuite {
  const kinds = perturbations.map(({ value }) => value).filter((value) => draft.kinds.includes(value));
  return {
    name: draft.name.trim(),
    splitDigest,
    subset,
    scorers: draft.scorers.map((scorer) => scorerOf(scorer, draft.scorers)),
    maxItems: draft.maxItems === '' ? null : Number(draft.maxItems),
    perturbations: draft.perturbed ? { kinds, items: Number(draft.perturbedItems) } : undefined,
    seed: draft.seed === '' ? undefined : Number(draft.seed),
  };
}

/**
 * The subsets that a variant may be evaluated on, the test rows, which alone carry verdicts, first: a model has been
 * trained on the rows of train, and documents ask nothing.
 */
export function testable(subsets: Record<string, { rows: number }> | undefined): [name: string, rows: number][] {
  return Object.entries(subsets ?? {})
    .filter(([name]) => name !== 'train' && name !== 'documents')
    .map(([name, { rows }]): [string, number] => [name, rows])
    .sort(([one], [other]) => Number(other === 'test') - Number(one === 'test') || one.localeCompare(other));
}
