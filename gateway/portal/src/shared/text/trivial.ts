import { metricValue } from './metrics';

type TrivialVariant = 'ALWAYS_ABSTAINS' | 'NEVER_ABSTAINS' | 'COMMONEST_LABEL';

interface Named {
  variant: TrivialVariant;
  /** The label that the variant always answers. */
  label?: string | null;
}

/** Describes a trivial variant. */
export function trivialVariant({ variant, label }: Named): string {
  switch (variant) {
    case 'ALWAYS_ABSTAINS':
      return 'always abstaining';
    case 'NEVER_ABSTAINS':
      return 'never abstaining';
    case 'COMMONEST_LABEL':
      return label == null ? 'always the most common label' : `always “${label}”`;
  }
}

/** Returns the score of a trivial variant in a metric, such as ".308 always abstaining". */
export function trivialScore(metric: string, score: number, variant: Named): string {
  return `${metricValue(metric, score)} ${trivialVariant(variant)}`;
}

interface Scored extends Named {
  scores: Record<string, number>;
}

/** Returns the trivial variant with the best score in a metric, and that score. */
export function bestTrivial(
  metric: string,
  direction: 'AT_LEAST' | 'AT_MOST',
  variants: Scored[] | null | undefined,
): string | undefined {
  const sign = direction === 'AT_LEAST' ? 1 : -1;
  const [best] = (variants ?? [])
    .flatMap((variant) => {
      const score = variant.scores[metric];
      return score === undefined ? [] : [{ variant, score }];
    })
    .sort((one, other) => sign * (other.score - one.score));
  return best && trivialScore(metric, best.score, best.variant);
}

/** Returns the metrics in which any trivial variant has a score, in the order of the suite. */
export function triviallyScored(metrics: { metric: string }[], variants: Scored[] | null | undefined): string[] {
  return metrics
    .map(({ metric }) => metric)
    .filter((metric) => (variants ?? []).some(({ scores }) => scores[metric] !== undefined));
}
