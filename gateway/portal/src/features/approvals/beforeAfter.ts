import type { Run, Verdict } from '@/shared/data/evaluations';
import type { Measure } from '@/shared/text/metrics';

/** A metric of the proposed variant, of the one that it replaces, and the threshold if the metric is a criterion. */
export interface Figure {
  metric: string;
  needed: { threshold: number; direction: 'AT_LEAST' | 'AT_MOST' } | undefined;
  before: Measure | undefined;
  after: Measure | undefined;
  difference: number | undefined;
  /** Undefined if nothing changed or an interval is missing. */
  meaning: 'clearly better' | 'clearly worse' | 'not clear' | undefined;
}

const burdens = ['cost_per_1000_usd', 'latency_p95_ms'];

/** Returns the criteria of a verdict first, then cost and latency, as far as they were measured. */
export function figuresOf({ criteria }: Verdict, before: Run | undefined, after: Run): Figure[] {
  const metrics = [...new Set([...criteria.map(({ metric }) => metric), ...burdens])];
  return metrics
    .map((metric) => {
      const needed = criteria.find((one) => one.metric === metric);
      const lowerIsBetter = needed === undefined || needed.direction === 'AT_MOST';
      return { metric, needed, ...compare(before?.metrics[metric], after.metrics[metric], lowerIsBetter) };
    })
    .filter((figure) => figure.before !== undefined || figure.after !== undefined);
}

function compare(
  before: Measure | undefined,
  after: Measure | undefined,
  lowerIsBetter: boolean,
): Pick<Figure, 'before' | 'after' | 'difference' | 'meaning'> {
  if (before === undefined || after === undefined) return { before, after, difference: undefined, meaning: undefined };
  const difference = after.value - before.value;
  return { before, after, difference, meaning: meaningOf(before, after, difference > 0 === lowerIsBetter) };
}

function meaningOf(before: Measure, after: Measure, isWorse: boolean): Figure['meaning'] {
  const { low, high } = before;
  if (low == null || high == null || after.low == null || after.high == null || before.value === after.value)
    return undefined;
  if (after.low <= high && low <= after.high) return 'not clear';
  return isWorse ? 'clearly worse' : 'clearly better';
}
