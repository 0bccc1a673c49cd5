import type { Criterion } from '@/shared/data/applications';
import type { Suite } from '@/shared/data/suites';

type Measured = Suite['metrics'][number];

/** The typed values of a row. */
export interface Row {
  metric: string;
  threshold: string;
  alternative: string;
  /** The probability to show the alternative. Only the API sets an unusual one, and the form keeps it. */
  power: string;
  margin: string;
  sampleSize: string;
}

/** The default probability with which a variant that reaches the alternative passes. */
export const usualPower = '0.8';

/**
 * The default rows: two of quality, which cover rare labels, one of robustness and one of speed. None can be improved
 * at the expense of the others.
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
 * Returns the proposed rows for a suite: its metrics, on all of its items. A suite without labels gets its first
 * quality metric, without a threshold, because one kind of metric cannot decide alone.
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

/** Returns a row with an empty threshold. */
export function unfilled(metric: string, suite: Suite): Row {
  const sampleSize = String(Math.min(300, itemsFor(metric, suite)));
  return { metric, threshold: '', alternative: '', power: usualPower, margin: '0', sampleSize };
}

/** Returns the number of items that a metric of the suite is measured on, as far as the suite determines it. */
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

/** Returns the kind and direction of a metric. The service refuses a metric that the suite does not measure. */
export function measured(metric: string, suite: Suite | undefined): Pick<Measured, 'metric' | 'kind' | 'direction'> {
  return suite?.metrics.find((one) => one.metric === metric) ?? { metric, kind: 'TASK_QUALITY', direction: 'AT_LEAST' };
}
