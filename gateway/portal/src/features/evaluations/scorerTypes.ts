import type { NewScorer } from './evaluations';

export type ScorerType = NewScorer['type'];

/** The name of a type of scorer and what it measures. */
interface Described {
  label: string;
  measures: string;
}

export const scorerTypes: Record<ScorerType, Described> = {
  label: {
    label: 'Label',
    measures:
      'Checks whether the answer is the label of the item. Gives accuracy, macro F1, figures per class and ' +
      'a confusion matrix.',
  },
  exact: {
    label: 'Exact match',
    measures: 'Checks whether the answer equals one of the references, character by character.',
  },
  normalised: {
    label: 'Normalised match',
    measures: 'Checks whether the answer equals one of the references, ignoring case, punctuation and white space.',
  },
  contains: { label: 'Contains values', measures: 'Checks whether given texts occur in the answer.' },
  regex: { label: 'Matches a pattern', measures: 'Checks whether a regular expression matches in the answer.' },
  numeric: { label: 'Number', measures: 'Checks whether the number in the answer equals that of a reference.' },
  json_schema: { label: 'JSON Schema', measures: 'Checks whether the answer is JSON that follows a schema.' },
  fields: { label: 'Fields of JSON', measures: 'The share of given fields that equal those of a reference.' },
  tool_calls: { label: 'Tool calls', measures: 'Checks whether the expected tools were called, and no others.' },
  judge: { label: 'Judge', measures: 'A score that another variant, the judge, gives the answer.' },
  token_f1: {
    label: 'Answer: token F1',
    measures:
      'The word overlap of the answer with the closest expected answer (SQuAD 2.0). If the documents do ' +
      'not answer the question, leaving it unanswered is right.',
  },
  squad_exact: {
    label: 'Answer: exact match (SQuAD)',
    measures:
      'Checks whether the answer equals an expected one, ignoring case, punctuation, articles and citation marks.',
  },
  embedding_similarity: {
    label: 'Answer: similarity',
    measures: 'The similarity in meaning to the closest expected answer, as the cosine of embeddings.',
  },
  groundedness: {
    label: 'Answer: groundedness',
    measures: 'The share of the answer’s sentences that the retrieved passages support, by the cosine of embeddings.',
  },
  recall_at_k: {
    label: 'Retrieval: recall at k',
    measures: 'The share of the item’s relevant passages that are among the first k retrieved.',
  },
  reciprocal_rank: {
    label: 'Retrieval: reciprocal rank',
    measures: 'One divided by the rank of the first relevant passage.',
  },
  ndcg_at_k: {
    label: 'Retrieval: nDCG at k',
    measures: 'How close the order of the first k passages is to the ideal order, with relevant passages first.',
  },
  citation_precision: {
    label: 'Citations: precision',
    measures: 'The share of the citations that name a relevant passage of the item.',
  },
  citation_recall: {
    label: 'Citations: recall',
    measures: 'The share of the item’s relevant passages that the answer cites.',
  },
  coverage: {
    label: 'Abstention: coverage',
    measures: 'The share of the items that the variant answered instead of abstaining.',
  },
  selective: {
    label: 'Abstention: selective score',
    measures: 'The mean score by another scorer over the items that the variant answered instead of abstaining.',
  },
  out_of_scope_recall: {
    label: 'Abstention: out-of-scope recall',
    measures: 'The share of the out-of-scope items, which have no answer, on which the variant abstained.',
  },
  in_scope_coverage: {
    label: 'Abstention: in-scope coverage',
    measures: 'The share of the in-scope items, which have an answer, that the variant answered instead of abstaining.',
  },
  brier: {
    label: 'Confidence: Brier score',
    measures: 'The mean squared difference between confidence and correctness (0 or 1); lower is better.',
  },
  calibration_error: {
    label: 'Confidence: calibration error',
    measures: 'The gap between confidence and the share of right answers, in 15 bins; lower is better.',
  },
};

/** The types that score a complete run and not single answers. */
const overRuns: ScorerType[] = ['coverage', 'selective', 'brier', 'calibration_error'];

/** The scorers that can be restricted to answerable items. */
export const restrictable: ScorerType[] = ['token_f1', 'squad_exact', 'judge'];

/** The types that evaluate the scores of another scorer. */
export const aboutOthers: ScorerType[] = ['selective', 'brier', 'calibration_error'];

interface Named {
  type: string;
  name: string;
  answerable: boolean;
}

/** Returns the name of a scorer, which its metric and other scorers refer to. */
export function nameOf({ type, name, answerable }: Named): string {
  const usual = type === 'exact' ? 'exact_match' : type;
  return name.trim() || (answerable && restrictable.includes(type as ScorerType) ? `${usual}_answerable` : usual);
}

/** Returns the names of the scorers of a suite that others can evaluate. */
export function scoring(scorers: Named[]): string[] {
  return [...new Set(scorers.filter(({ type }) => !overRuns.includes(type as ScorerType)).map(nameOf))];
}
