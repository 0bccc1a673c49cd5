import type { Criterion } from '@/shared/data/applications';
import type { Suite } from '@/shared/data/suites';

type Measured = Suite['metrics'][number];

/** A row as it is typed. */
export interface Row {
  metric: string;
  threshold: string;
  alternative: string;
  /** Registered by API where it is not the usual one; kept as it is. */
  power: string;
  margin: string;
  sampleSize: string;
}

/** The probability with which a variant of the alternative passes. */
export const usualPower = '0.8';

/**
 * Quality twice, for rare labels too, robustness and speed: enough that one cannot be had at the cost of the others.
 */
const usual: Row[] = [
  { metric: 'accuracy', threshold: '0.85', alternative: '0.93', power: usualPower, margin: '0.02', sampleSize: '300' },
  { metric: 'macro_f1', threshold: '0.7', alternative: '0.85', power: usualPower, margin: '0.03', sampleSize: '300' },
  { metric: 'consistency', threshold: '0.7', alternative: '0.9', power: usualPower, margin: '0', sampleSize: '100' },
  {
    metric: 'latency_p95_ms',
    threshold: '2000',
    alternative: '1000',
    power: usualPower,
    margin: '0',
    sampleSize: '300',
  },
];

/**
 * What is proposed for a suite: what it measures, on as many items as it has. Of one without labels its first metric of
 * quality, whose threshold nobody can propose: one kind of metric cannot carry a decision.
 */
export function proposed(suite: Suite | undefined): Row[] {
  if (suite === undefined) return usual;
  const rows = usual
    .filter(({ metric }) => suite.metrics.some((one) => one.metric === metric))
    .map((row) => ({ ...row, sampleSize: String(Math.min(Number(row.sampleSize), itemsFor(row.metric, suite))) }));
  const first = suite.metrics.find(({ kind }) => kind === 'TASK_QUALITY' || kind === 'JUDGED_QUALITY');
  const isJudged = rows.some(({ metric }) => measured(metric, suite).kind === first?.kind);
  return first === undefined || isJudged ? rows : [unfilled(first.metric, suite), ...rows];
}

/** A row whose threshold is still to be typed. */
export function unfilled(metric: string, suite: Suite): Row {
  const sampleSize = String(Math.min(300, itemsFor(metric, suite)));
  return { metric, threshold: '', alternative: '', power: usualPower, margin: '0', sampleSize };
}

/** The items that a metric of the suite is measured on, as far as these follow from what is asked. */
export function itemsFor(metric: string, suite: Suite): number {
  const { metrics, items, perturbedItems, applicableItems, definition } = suite;
  if (metrics.find((one) => one.metric === metric)?.kind === 'ROBUSTNESS') return perturbedItems;
  const scorer = definition.scorers.find(({ name }) => name === metric);
  return applicableItems[scorer?.of ?? metric] ?? items;
}

export function rowsOf(criteria: Criterion[]): Row[] {
  return criteria.map(({ metric, threshold, alternative, power, margin, sampleSize }) => ({
    metric,
    threshold: String(threshold),
    alternative: String(alternative),
    power: String(power),
    margin: String(margin),
    sampleSize: String(sampleSize),
  }));
}

export function criterionOf(
  { metric, threshold, alternative, power, margin, sampleSize }: Row,
  suite: Suite | undefined,
): Criterion {
  const { kind, direction } = measured(metric, suite);
  return {
    metric,
    kind,
    direction,
    threshold: Number(threshold),
    alternative: Number(alternative),
    power: Number(power),
    margin: Number(margin || '0'),
    sampleSize: Number(sampleSize),
  };
}

/** Kind and direction of a metric; for one that the suite does not measure, what the service then refuses by name. */
export function measured(metric: string, suite: Suite | undefined): Pick<Measured, 'metric' | 'kind' | 'direction'> {
  return suite?.metrics.find((one) => one.metric === metric) ?? { metric, kind: 'TASK_QUALITY', direction: 'AT_LEAST' };
}
