import { fixed } from './format';

/** A measured value with its confidence interval, as evaluation reports it. */
export interface Measure {
  value: number;
  low?: number | null;
  high?: number | null;
}

/** The names of metrics and scorers that cannot be derived from their words. */
const names: Record<string, string> = {
  latency_p50_ms: 'Latency p50',
  latency_p95_ms: 'Latency p95',
  cost_per_1000_usd: 'Cost per 1,000',
  squad_exact: 'Exact match (SQuAD)',
  token_f1_answerable: 'Token F1 (answerable)',
  squad_exact_answerable: 'Exact match (SQuAD, answerable)',
  judge_answerable: 'Judge (answerable)',
  ndcg_at_k: 'nDCG at k',
  out_of_scope_recall: 'Out-of-scope recall',
  in_scope_coverage: 'In-scope coverage',
  selective: 'Selective score',
  brier: 'Brier score',
};

export function metricName(metric: string): string {
  return names[metric] ?? capitalised(metric.replaceAll('_', ' ').replace(/\bf1\b/, 'F1'));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function metricValue(metric: string, value: number): string {
  if (metric.endsWith('_ms')) return `${fixed(value, value >= 100 ? 0 : 1)} ms`;
  if (metric.endsWith('_usd')) return `$${value >= 1 ? fixed(value, 2) : value.toPrecision(2)}`;
  return Math.abs(value) < 1.0005 ? value.toFixed(3).replace(/^(-?)0\./, '$1.') : fixed(value, 2);
}

/** Formats the interval; a dash if none was computed. */
export function metricRange(metric: string, { low, high }: Pick<Measure, 'low' | 'high'>): string {
  return low == null || high == null ? '—' : `${metricValue(metric, low)} … ${metricValue(metric, high)}`;
}

/** Returns the unit of a bare number of the metric; empty for shares. */
export function metricUnit(metric: string): string {
  if (metric.endsWith('_ms')) return 'ms';
  return metric.endsWith('_usd') ? 'USD' : '';
}

/** Returns the sign for the direction of a threshold. */
export function boundSign(direction: 'AT_LEAST' | 'AT_MOST'): string {
  return direction === 'AT_LEAST' ? '≥' : '≤';
}

/** Returns a reason from evaluation with the metric's id at its start replaced by its name. */
export function withMetricNames(reason: string): string {
  return reason.replace(/^[a-z][a-z0-9_]*(?= is [\d.-])/, (metric) => metricName(metric));
}
