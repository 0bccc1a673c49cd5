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
  /** The reference of the split, as shared/data/splits formats it. */
  split: z.string(),
  subset: z.string(),
  scorers: scorersSchema,
  maxItems: z.string(),
  /** True to send perturbed items a second time, which measures consistency. */
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

/** The scorers for questions: correctness, retrieval, citations and abstention. */
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
 * Returns the initial scorers for a dataset's kind; a conversation has no label, for example. Scorers that somebody
 * chose are kept.
 */
export function startingScorers(kind: Kind, scorers: ScorerDraft[]): ScorerDraft[] {
  const starts = ([undefined, 'CHAT', 'QUESTION_ANSWER'] as const).map((one) => JSON.stringify(usual(one)));
  return starts.includes(JSON.stringify(scorers)) ? usual(kind) : scorers;
}

/** Returns whether items can be perturbed. Agreement is measured by labels, which only classification items have. */
export function isPerturbable(kind: Kind): boolean {
  return kind === undefined || kind === 'CLASSIFICATION';
}

/** Returns the form fields for refusals of scorers. A refusal of a scorer itself is shown at its type. */
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
 * Returns the subsets that a variant may be evaluated on. The test rows come first, because only they allow verdicts.
 * Training rows are left out because models learn from them, and documents because they ask no question.
 */
export function testable(subsets: Record<string, { rows: number }> | undefined): [name: string, rows: number][] {
  return Object.entries(subsets ?? {})
    .filter(([name]) => name !== 'train' && name !== 'documents')
    .map(([name, { rows }]): [string, number] => [name, rows])
    .sort(([one], [other]) => Number(other === 'test') - Number(one === 'test') || one.localeCompare(other));
}
