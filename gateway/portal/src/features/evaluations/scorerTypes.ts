import type { NewScorer } from './evaluations';

export type ScorerType = NewScorer['type'];

/** What a type of scorer is called, and what it measures. */
interface Described {
  label: string;
  measures: string;
}

export const scorerTypes: Record<ScorerType, Described> = {
  label: {
    label: 'Label',
    measures: 'Whether the label of the item was answered: accuracy, macro F1, per class, confusion matrix.',
  },
  exact: { label: 'Exact match', measures: 'Whether the answer is one of the references, character by character.' },
  normalised: {
    label: 'Normalised match',
    measures: 'Whether the answer is one of the references but for case, punctuation and white space.',
  },
  contains: { label: 'Contains values', measures: 'Whether given texts occur in the answer.' },
  regex: { label: 'Matches a pattern', measures: 'Whether a regular expression is found in the answer.' },
  numeric: { label: 'Number', measures: 'Whether the number in the answer is that of a reference.' },
  json_schema: { label: 'JSON Schema', measures: 'Whether the answer is JSON that follows a schema.' },
  fields: { label: 'Fields of JSON', measures: 'The share of given fields that agree with a reference.' },
  tool_calls: { label: 'Tool calls', measures: 'Whether the expected tools were called, and no others.' },
  judge: { label: 'Judge', measures: 'What another variant, the judge, says that the answer is worth.' },
  token_f1: {
    label: 'Answer: token F1',
    measures:
      'How far the words of the answer are those of the nearest answer expected (SQuAD 2.0); of a question that the ' +
      'documents do not answer, whether it was left unanswered.',
  },
  squad_exact: {
    label: 'Answer: exact match (SQuAD)',
    measures: 'Whether the answer is one of those expected but for case, punctuation, articles and citation marks.',
  },
  embedding_similarity: {
    label: 'Answer: similarity',
    measures: 'How near the meaning of the answer is to the nearest of those expected, by the cosine of embeddings.',
  },
  groundedness: {
    label: 'Answer: groundedness',
    measures:
      'The share of the sentences of the answer that the retrieved passages bear out, by the cosine of embeddings.',
  },
  recall_at_k: {
    label: 'Retrieval: recall at k',
    measures: 'The share of the passages that the item refers to which are among the first k retrieved.',
  },
  reciprocal_rank: {
    label: 'Retrieval: reciprocal rank',
    measures: 'One over the rank of the first passage retrieved that the item refers to.',
  },
  ndcg_at_k: {
    label: 'Retrieval: nDCG at k',
    measures: 'How near the order of the first k passages is to one that begins with those the item refers to.',
  },
  citation_precision: {
    label: 'Citations: precision',
    measures: 'The share of the citations that name a passage which the item refers to.',
  },
  citation_recall: {
    label: 'Citations: recall',
    measures: 'The share of the passages that the item refers to which the answer cites.',
  },
  coverage: {
    label: 'Abstention: coverage',
    measures: 'The share of the items that were answered, not abstained from.',
  },
  selective: {
    label: 'Abstention: selective score',
    measures: 'The mean score by another scorer of the items that were answered, not abstained from.',
  },
  out_of_scope_recall: {
    label: 'Abstention: out-of-scope recall',
    measures: 'The share of the items out of scope, which nothing answers, that were abstained from.',
  },
  in_scope_coverage: {
    label: 'Abstention: in-scope coverage',
    measures: 'The share of the items in scope, which have an answer, that were answered, not abstained from.',
  },
  brier: {
    label: 'Confidence: Brier score',
    measures: 'The mean square of confidence minus whether the answer was right; lower is better.',
  },
  calibration_error: {
    label: 'Confidence: calibration error',
    measures: 'How far confidence is from the share of answers that are right, in 15 bins; lower is better.',
  },
};

/** Those that give no answer a score of its own, but are measured over all of a run. */
const overRuns: ScorerType[] = ['coverage', 'selective', 'brier', 'calibration_error'];

/** The scorers that can be restricted to answerable items. */
export const restrictable: ScorerType[] = ['token_f1', 'squad_exact', 'judge'];

/** Those about the scores of another one. */
export const aboutOthers: ScorerType[] = ['selective', 'brier', 'calibration_error'];

interface Named {
  type: string;
  name: string;
  answerable: boolean;
}

/** The name of a scorer, as its metric and those about it have it. */
export function nameOf({ type, name, answerable }: Named): string {
  const usual = type === 'exact' ? 'exact_match' : type;
  return name.trim() || (answerable && restrictable.includes(type as ScorerType) ? `${usual}_answerable` : usual);
}

/** The names of the scorers of a suite that others can be about. */
export function scoring(scorers: Named[]): string[] {
  return [...new Set(scorers.filter(({ type }) => !overRuns.includes(type as ScorerType)).map(nameOf))];
}
