import type { Criterion } from '@/shared/data/applications';

type Known = Pick<Criterion, 'metric' | 'kind' | 'direction'>;

/**
 * The metrics that evaluation computes, with their kind of evidence and the direction that is better; the services
 * check criteria against them.
 */
export const knownMetrics: Known[] = [
  { metric: 'accuracy', kind: 'TASK_QUALITY', direction: 'AT_LEAST' },
  { metric: 'macro_f1', kind: 'TASK_QUALITY', direction: 'AT_LEAST' },
  { metric: 'consistency', kind: 'ROBUSTNESS', direction: 'AT_LEAST' },
  { metric: 'latency_p50_ms', kind: 'LATENCY', direction: 'AT_MOST' },
  { metric: 'latency_p95_ms', kind: 'LATENCY', direction: 'AT_MOST' },
  { metric: 'cost_per_1000_usd', kind: 'COST', direction: 'AT_MOST' },
];

/** A row as it is typed. */
export interface Row {
  metric: string;
  threshold: string;
  margin: string;
  sampleSize: string;
}

/**
 * Quality twice, for rare labels too, robustness and speed: enough that one cannot be had at the cost of the others.
 */
export const proposed: Row[] = [
  { metric: 'accuracy', threshold: '0.85', margin: '0.02', sampleSize: '300' },
  { metric: 'macro_f1', threshold: '0.7', margin: '0.03', sampleSize: '300' },
  { metric: 'consistency', threshold: '0.7', margin: '0', sampleSize: '100' },
  { metric: 'latency_p95_ms', threshold: '2000', margin: '0', sampleSize: '300' },
];

export function rowsOf(criteria: Criterion[]): Row[] {
  return criteria.map(({ metric, threshold, margin, sampleSize }) => ({
    metric,
    threshold: String(threshold),
    margin: String(margin),
    sampleSize: String(sampleSize),
  }));
}

export function criterionOf({ metric, threshold, margin, sampleSize }: Row): Criterion {
  const { kind, direction } = known(metric);
  return {
    metric,
    kind,
    direction,
    threshold: Number(threshold),
    margin: Number(margin || '0'),
    sampleSize: Number(sampleSize),
  };
}

export function known(metric: string): Known {
  return knownMetrics.find((one) => one.metric === metric) ?? { metric, kind: 'TASK_QUALITY', direction: 'AT_LEAST' };
}
