import type { Run } from '@/shared/data/evaluations';
import type { Suite } from '@/shared/data/suites';

/** The metrics that quality is compared with. */
export const burdens = { cost: 'cost_per_1000_usd', latency: 'latency_p95_ms' } as const;
export type Burden = keyof typeof burdens;

export type Measure = Run['metrics'][string];

/** A variant by its newest run over a suite. */
export interface Weighed {
  runId: string;
  variantDigest: string;
  quality: Measure;
  cost: Measure | undefined;
  latency: Measure | undefined;
}

/** The newest finished run of each variant over the suite that measured the metric; runs come newest first. */
export function weighed(runs: Run[], suite: Suite, metric: string): Weighed[] {
  const newest = new Map<string, Weighed>();
  for (const { runId, variantDigest, suiteDigest, state, metrics } of runs) {
    if (suiteDigest !== suite.suiteDigest || state !== 'FINISHED' || variantDigest == null) continue;
    const quality = metrics[metric];
    if (quality === undefined || newest.has(variantDigest)) continue;
    const [cost, latency] = [metrics[burdens.cost], metrics[burdens.latency]];
    newest.set(variantDigest, { runId, variantDigest, quality, cost, latency });
  }
  return [...newest.values()];
}

/**
 * Returns whether one variant Pareto-dominates another: at least as good in both metrics, and better in one. A variant
 * without a figure for the burden dominates nothing and is not dominated.
 */
export function dominates(one: Weighed, other: Weighed, burden: Burden, lowerIsBetter: boolean): boolean {
  const mine = one[burden]?.value;
  const its = other[burden]?.value;
  if (mine === undefined || its === undefined) return false;
  const gain = (lowerIsBetter ? -1 : 1) * (one.quality.value - other.quality.value);
  return gain >= 0 && mine <= its && (gain > 0 || mine < its);
}

/** Returns the best variant that dominates the given one; undefined if none does. */
export function dominatorOf(one: Weighed, all: Weighed[], burden: Burden, lowerIsBetter: boolean): Weighed | undefined {
  const sign = lowerIsBetter ? -1 : 1;
  return all
    .filter((other) => dominates(other, one, burden, lowerIsBetter))
    .sort((a, b) => sign * (b.quality.value - a.quality.value))[0];
}

/** Returns the metrics of a suite that measure quality. */
export function qualities(suite: Suite): Suite['metrics'] {
  return suite.metrics.filter(({ kind }) => kind !== 'LATENCY' && kind !== 'COST');
}
