import type { NewScorer } from './evaluations';
import { aboutOthers, scoring, type ScorerType } from './scorerTypes';
import { z } from '@/shared/form/schema';
import { objectIn } from '@/shared/text/json';

const scorerSchema = z
  .object({
    type: z.string(),
    name: z.string(),
    /** One per line. */
    values: z.string(),
    match: z.string(),
    pattern: z.string(),
    number: z.string(),
    absolute: z.string(),
    relative: z.string(),
    schema: z.string(),
    /** One per line. */
    pointers: z.string(),
    arguments: z.boolean(),
    /** Digest of the variant that judges. */
    variant: z.string(),
    /** The number of passages that count. */
    k: z.string(),
    threshold: z.string(),
    /** The name of the scorer that this one evaluates. When empty, the first possible one. */
    of: z.string(),
    /** True to restrict the scorer to items that the documents answer. */
    answerable: z.boolean(),
  })
  .check(({ value, issues }) => {
    const missing = whatIsMissing(value);
    if (missing !== undefined) issues.push({ code: 'custom', input: value, ...missing });
  });

export type ScorerDraft = z.input<typeof scorerSchema>;

/** The scorers of a suite. Some evaluate the scores of others. */
export const scorersSchema = z.array(scorerSchema).check(({ value, issues }) => {
  value.forEach(({ type, of }, index) => {
    if (!aboutOthers.includes(type as ScorerType)) return;
    const others = scoring(value);
    const message =
      others.length === 0
        ? 'Add a scorer that gives each answer a score.'
        : of !== '' && !others.includes(of)
          ? `Choose one of the scorers: there is no ${of}.`
          : undefined;
    if (message !== undefined) issues.push({ code: 'custom', input: value, path: [index, 'of'], message });
  });
});

interface Missing {
  path: [keyof ScorerDraft];
  message: string;
}

function whatIsMissing(draft: ScorerDraft): Missing | undefined {
  const { type, values, pattern, schema, pointers, variant, k, threshold } = draft;
  if (type === 'contains' && lines(values).length === 0)
    return { path: ['values'], message: 'Give at least one value.' };
  if (type === 'judge' && variant === '') return { path: ['variant'], message: 'Choose the variant that judges.' };
  if (type === 'regex' && pattern === '') return { path: ['pattern'], message: 'Give a pattern.' };
  if (type === 'fields' && lines(pointers).length === 0) {
    return { path: ['pointers'], message: 'Give at least one field.' };
  }
  if ((type === 'recall_at_k' || type === 'ndcg_at_k') && k === '') {
    return { path: ['k'], message: 'Enter the number of passages.' };
  }
  if (type === 'groundedness' && threshold === '') return { path: ['threshold'], message: 'Give a threshold.' };
  return type === 'json_schema' && objectIn(schema) === undefined
    ? { path: ['schema'], message: 'Give a schema: a JSON object.' }
    : undefined;
}

export function newScorer(type: ScorerType): ScorerDraft {
  return {
    type,
    name: '',
    values: '',
    match: 'ALL',
    pattern: '',
    number: 'LAST',
    absolute: '',
    relative: '',
    schema: '',
    pointers: '',
    arguments: true,
    variant: '',
    k: '5',
    threshold: '0.8',
    of: '',
    answerable: type === 'token_f1' || type === 'squad_exact',
  };
}

/** Returns the scorer with the fields of the draft that its type uses.
 *
 * @param others The scorers of its suite
 */
export function scorerOf(draft: ScorerDraft, others: ScorerDraft[]): NewScorer {
  const type = draft.type as ScorerType;
  return { type, ...(draft.name.trim() !== '' && { name: draft.name.trim() }), ...configured(type, draft, others) };
}

function configured(type: ScorerType, draft: ScorerDraft, others: ScorerDraft[]): Partial<NewScorer> {
  switch (type) {
    case 'contains':
      return { values: lines(draft.values), match: draft.match as NonNullable<NewScorer['match']> };
    case 'regex':
      return { pattern: draft.pattern };
    case 'numeric':
      return {
        number: draft.number as NonNullable<NewScorer['number']>,
        ...(draft.absolute !== '' && { absolute: Number(draft.absolute) }),
        ...(draft.relative !== '' && { relative: Number(draft.relative) / 100 }),
      };
    case 'json_schema':
      return { schema: objectIn(draft.schema) ?? {} };
    case 'fields':
      return { pointers: lines(draft.pointers) };
    case 'tool_calls':
      return { arguments: draft.arguments };
    case 'judge':
      return { variant: draft.variant, ...over(draft) };
    case 'token_f1':
    case 'squad_exact':
      return over(draft);
    case 'recall_at_k':
    case 'ndcg_at_k':
    case 'reciprocal_rank':
      return draft.k === '' ? {} : { k: Number(draft.k) };
    case 'groundedness':
      return { threshold: Number(draft.threshold) };
    case 'out_of_scope_recall':
    case 'in_scope_coverage':
      return lines(draft.values).length === 0 ? {} : { values: lines(draft.values) };
    case 'selective':
    case 'brier':
    case 'calibration_error':
      return { of: draft.of || scoring(others)[0] };
    case 'label':
    case 'exact':
    case 'normalised':
    case 'embedding_similarity':
    case 'citation_precision':
    case 'citation_recall':
    case 'coverage':
      return {};
  }
}

function over({ answerable }: ScorerDraft): Pick<NewScorer, 'over'> {
  return answerable ? { over: 'ANSWERABLE' } : {};
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
